import Testing
import Values
import YAML

@Suite struct DocumentTests {
    private let text = """
        # top
        stages:
          # train
          train:
            cmd: python train.py
            deps:
            - a.csv
            - b: {c: "x"}
            empty:
        """

    private func document() throws -> YAMLDocument {
        try YAMLDocument(parsing: Array(text.utf8))
    }

    @Test func pathsLeadToNodes() throws {
        let document = try document()
        #expect(document.node(at: ["stages", "train", "deps", 1, "b", "c"])?.value == .string("x"))
        #expect(document.node(at: ["stages", "train", "empty"])?.value == .null)
        #expect(document.node(at: ["stages", "train", "deps", 2]) == nil)
        #expect(document.node(at: ["stages", "nothing"]) == nil)
    }

    @Test func rangesCoverTheContent() throws {
        let document = try document()
        let command = try #require(document.node(at: ["stages", "train", "cmd"]))
        #expect(String(Array(document.source[command.start..<command.end])) == "python train.py")
        #expect(command.line == 5)
        #expect(command.column == 10)
        let flow = try #require(document.node(at: ["stages", "train", "deps", 1, "b"]))
        #expect(String(Array(document.source[flow.start..<flow.end])) == "{c: \"x\"}")
    }

    @Test func linesAreThoseOfTheDeepestPart() throws {
        let document = try document()
        #expect(document.line(of: []) == 2)
        #expect(document.line(of: ["stages", "train"]) == 4)
        #expect(document.line(of: ["stages", "train", "deps", 1, "b", "c"]) == 8)
        #expect(document.line(of: ["stages", "train", "deps", 0, "nothing"]) == 7)
        #expect(document.line(of: ["stages", "train", "nothing"]) == 4)
        #expect(try YAMLDocument(parsing: []).line(of: ["a"]) == nil)
    }

    @Test func anEmptyTextHasNoNode() throws {
        for text in ["", "# a\n", "---\n", "\n\n", "---\n...\n"] {
            let document = try YAMLDocument(parsing: Array(text.utf8))
            #expect(document.root == nil)
            #expect(document.value == .null)
        }
    }
}
