import Basics
import Foundation
import Testing

@testable import Git

struct DVCIgnoreTests {
    private struct Recording: Decodable {
        struct Case: Decodable {
            let files: [String: String]
            let decisions: [String: [Decision]]
        }

        let paths: [String]
        let cases: [Case]
    }

    private enum Decision: Decodable, Hashable, CustomStringConvertible {
        var description: String {
            switch self {
            case .ignored(let flag): "\(flag)"
            case .rule(let text): text
            }
        }

        case ignored(Bool)
        case rule(String)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let flag = try? container.decode(Bool.self) {
                self = .ignored(flag)
            } else {
                self = .rule(try container.decode(String.self))
            }
        }
    }

    @Test func rulesDecideAsDVCSaysTheyDo() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
            path: "Fixtures/dvcignore.json"
        )
        let recording = try JSONDecoder().decode(Recording.self, from: Data(contentsOf: file))
        #expect(recording.cases.count > 200)
        let scratch = try Scratch()
        for path in recording.paths {
            if path.hasSuffix("/") {
                try Files.makeDirectories(Paths.join(scratch.path, path))
            } else {
                try scratch.write("", to: path)
            }
        }
        for item in recording.cases {
            for (name, text) in item.files { try scratch.write(text, to: name) }
            defer { for name in item.files.keys { try? Files.remove(Paths.join(scratch.path, name)) } }
            let rules = IgnoreRules.dvc(root: scratch.path)
            for path in recording.paths + Array(item.files.keys) {
                let isDirectory = path.hasSuffix("/")
                let name = isDirectory ? String(path.dropLast()) : path
                let found = rules.explain(name, isDirectory: isDirectory)
                let ours = found.isEmpty ? [] : [.ignored(!found[0].isNegated), Decision.rule(found[0].description)]
                let theirs = item.decisions[path] ?? []
                #expect(ours == theirs, "\(path) under \(item.files)")
                if ours != theirs { return }
                #expect(rules.isIgnored(name, isDirectory: isDirectory) == (theirs.first == .ignored(true)))
            }
        }
    }

    @Test func scansMaySkipWhereNoRuleReaches() throws {
        let scratch = try Scratch()
        try scratch.write("/data/raw/*.tmp\n", to: ".dvcignore")
        let rules = IgnoreRules.dvc(root: scratch.path)
        #expect(rules.mayMatch(below: ""))
        #expect(rules.mayMatch(below: "data"))
        #expect(rules.mayMatch(below: "data/raw"))
        #expect(!rules.mayMatch(below: "models"))
        #expect(!rules.mayMatch(below: "data/other"))
        #expect(!rules.mayMatch(below: "dat"))
        #expect(rules.isDefault(".git", isDirectory: false))
        #expect(rules.isDefault(".dvc", isDirectory: true))
        #expect(!rules.isDefault(".dvc", isDirectory: false))
        try scratch.write("*.tmp\n", to: "models/.dvcignore")
        #expect(IgnoreRules.dvc(root: scratch.path).mayMatch(below: "models"))
    }

    @Test func hostilePatternsTakeNoTime() throws {
        let scratch = try Scratch()
        let stars = String(repeating: "*a", count: 200) + "b"
        let deep = String(repeating: "**/", count: 200) + "x"
        try scratch.write("\(stars)\n\(deep)\n" + String(repeating: "[", count: 10_000), to: ".dvcignore")
        try scratch.write("\(stars)\n\(deep)\n" + String(repeating: "[", count: 10_000), to: ".gitignore")
        let path = String(repeating: "a", count: 250) + "/" + String(repeating: "a/", count: 40) + "c"
        let git = IgnoreRules(root: scratch.path, fileName: ".gitignore", dialect: .git)
        let clock = ContinuousClock()
        let time = clock.measure {
            #expect(!IgnoreRules.dvc(root: scratch.path).isIgnored(path, isDirectory: false))
            #expect(!git.isIgnored(path, isDirectory: false))
        }
        #expect(time < .seconds(20))
    }

    @Test func unreadableFilesAreReported() throws {
        let scratch = try Scratch()
        try Files.makeDirectories(scratch.path + "/.dvcignore")
        let rules = IgnoreRules.dvc(root: scratch.path)
        #expect(!rules.isIgnored("a", isDirectory: false))
        #expect(rules.problems.isEmpty)
    }
}
