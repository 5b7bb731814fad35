import OrderedCollections
import Testing
import Values
import YAML

@Suite struct EditorTests {
    private func path(_ steps: Value) throws -> [YAMLStep] {
        try #require(steps.list).map { step in
            if let index = step.int { return .index(index) }
            return .key(Value.Key(try #require(step.string)))
        }
    }

    private func edited(
        _ text: [UInt8],
        _ operation: String,
        _ path: [YAMLStep],
        _ value: Value
    ) throws -> YAMLEditor {
        var editor = YAMLEditor(try YAMLDocument(parsing: text))
        switch operation {
        case "set": editor.set(value, at: path)
        case "remove": editor.remove(at: path)
        default: editor.append(value, toSequenceAt: path)
        }
        return editor
    }

    @Test func onlyTheLinesThatMustChangeDo() throws {
        for edit in try Fixture.cases("edits.json") {
            let fields = try #require(edit.list)
            let text = Array(try #require(fields[0].string).utf8)
            let operation = try #require(fields[1].string)
            let editor = try edited(text, operation, path(fields[2]), Fixture.value(fields[3]))
            #expect(String(editor.text) == fields[4].string, "\(operation) \(fields[2].json())")
        }
    }

    @Test func whatIsTheSameChangesNothing() throws {
        let text = Array("a:   'x'  # c\nb: [ 1,2 ]\n".utf8)
        #expect(try edited(text, "set", ["a"], .string("x")).text == text)
        #expect(try edited(text, "set", ["b"], .list([.int(1), .int(2)])).text == text)
        #expect(try edited(text, "remove", ["c"], .null).text == text)
        #expect(try edited(text, "set", ["b", 5], .int(1)).text == text)
    }

    @Test func severalEditsFollowOneAnother() throws {
        var editor = YAMLEditor(try YAMLDocument(parsing: Array("# lock\nstages:\n  a:\n    cmd: x  # keep\n".utf8)))
        editor.set(.string("y"), at: ["stages", "a", "cmd"])
        editor.append(.string("d"), toSequenceAt: ["stages", "a", "deps"])
        editor.append(.string("e"), toSequenceAt: ["stages", "a", "deps"])
        editor.set(.map(["cmd": .string("z")]), at: ["stages", "b"])
        #expect(
            String(editor.text)
                == "# lock\nstages:\n  a:\n    cmd: y  # keep\n    deps:\n    - d\n    - e\n  b:\n    cmd: z\n"
        )
    }

    @Test func randomEditsReadBackAsWanted() throws {
        var generator = SeededGenerator(seed: 11)
        let texts =
            try Fixture.cases("texts.json").compactMap(\.string)
            + Fixture.cases("edits.json").compactMap { $0.list?.first?.string }
        let values = try Fixture.cases("writer.json").compactMap { $0.list?.first }.map(Fixture.value)
        for _ in 0..<3000 {
            let text = texts.randomElement(using: &generator) ?? ""
            guard let document = try? YAMLDocument(parsing: Array(text.utf8)) else { continue }
            let path = randomPath(in: document.value, &generator)
            let new = values.randomElement(using: &generator) ?? .null
            var editor = YAMLEditor(document)
            editor.set(new, at: path)
            let read = try YAMLDocument(parsing: editor.text)
            let found = path.isEmpty ? read.value : read.node(at: path)?.value
            #expect(found?.json(sortKeys: true) == new.json(sortKeys: true), "\(text.debugDescription) \(path)")
            guard let last = path.last, case .key(let key) = last else { continue }
            editor.remove(at: path)
            let parent = try YAMLDocument(parsing: editor.text).value
            let rest = path.dropLast().reduce(parent) { value, step in Self.member(value, step) }
            #expect(rest.map?[key] == nil, "\(text.debugDescription) \(path)")
        }
    }

    private func randomPath(in value: Value, _ generator: inout SeededGenerator) -> [YAMLStep] {
        var path: [YAMLStep] = []
        var value = value
        while Int.random(in: 0..<4, using: &generator) > 0 {
            switch value {
            case .map(let map):
                let key = map.keys.randomElement(using: &generator) ?? "new"
                path.append(.key(key))
                value = map[key] ?? .null
            case .list(let list) where !list.isEmpty:
                let index = list.indices.randomElement(using: &generator) ?? 0
                path.append(.index(index))
                value = list[index]
            default: return path
            }
        }
        return path
    }

    private static func member(_ value: Value, _ step: YAMLStep) -> Value {
        switch step {
        case .key(let key): value[key] ?? .null
        case .index(let index): value.list?[index] ?? .null
        }
    }
}
