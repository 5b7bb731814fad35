import OrderedCollections
import Testing
import Values
import YAML

@Suite struct YAMLEditorTests {
    private func edited(_ text: String, _ edit: (inout YAMLEditor) -> Void) throws -> String {
        var editor = YAMLEditor(try YAMLDocument(parsing: Array(text.utf8)))
        edit(&editor)
        return String(decoding: editor.text, as: UTF8.self)
    }

    @Test func onlyTheScalarChanges() throws {
        let text = "# top\nouts:\n  - path: data   # where\n    md5: abc\n\n    size: 1\n"
        let result = try edited(text) { $0.set(.int(2), at: ["outs", 0, "size"]) }
        #expect(result == text.replacing("size: 1", with: "size: 2"))
    }

    @Test func newStagesGoToTheEnd() throws {
        let text = "stages:\n  a:\n    cmd: x   # keep\nparams:\n- p.yaml\n"
        let result = try edited(text) {
            $0.set(.map(["cmd": .string("y"), "deps": .list([.string("d")])]), at: ["stages", "b"])
        }
        #expect(
            result == "stages:\n  a:\n    cmd: x   # keep\n  b:\n    cmd: y\n    deps:\n    - d\nparams:\n- p.yaml\n"
        )
    }

    @Test func indentedListsStayIndented() throws {
        let result = try edited("a:\n    - x\n    - y\nb: 1\n") { $0.append(.string("z"), toSequenceAt: ["a"]) }
        #expect(result == "a:\n    - x\n    - y\n    - z\nb: 1\n")
    }

    @Test func removedEntriesTakeTheirLines() throws {
        let result = try edited("stages:\n  a:\n    cmd: x\n  b:\n    cmd: y\n") { $0.remove(at: ["stages", "a"]) }
        #expect(result == "stages:\n  b:\n    cmd: y\n")
    }

    @Test func flowStaysFlow() throws {
        let result = try edited("a: [1, 2] # c\n") { $0.set(.list([.int(1), .string("x, y")]), at: ["a"]) }
        #expect(result == "a: [1, 'x, y'] # c\n")
    }

    @Test func aLostLineEndIsMended() throws {
        #expect(try edited("a: 1") { $0.set(.int(2), at: ["b"]) } == "a: 1\nb: 2\n")
        #expect(try edited("") { $0.set(.int(2), at: ["b"]) } == "b: 2\n")
    }

    @Test func emptyValuesAreFilled() throws {
        #expect(try edited("a:\nb: 1\n") { $0.set(.map(["c": .int(1)]), at: ["a"]) } == "a:\n  c: 1\nb: 1\n")
        #expect(try edited("a: 1\nb: 1\n") { $0.set(.null, at: ["a"]) } == "a:\nb: 1\n")
    }
}
