import OrderedCollections
import Testing
import Values
import YAML

/// The expected texts are what ruamel.yaml 0.19.1 writes for DVC 3.67.1.
@Suite struct YAMLEmitterTests {
    private func text(_ value: Value) -> String { String(decoding: YAMLEmitter.emit(value), as: UTF8.self) }

    @Test(arguments: [
        ("01", "'01'"), ("1e5", "'1e5'"), ("null", "'null'"), ("~", "'~'"), ("2020-01-01", "'2020-01-01'"), ("", "''"),
        ("- x", "'- x'"), ("#x", "'#x'"), ("a: b", "'a: b'"), ("yes", "yes"), ("on", "on"), ("é", "é"), ("a:b", "a:b"),
        ("multi\nline", "\"multi\\nline\""), ("it's", "it's"), ("x #y", "'x #y'"), ("true", "'true'"), ("[a]", "'[a]'"),
    ])
    func stringsAreQuotedWhenTheyMust(string: String, expected: String) {
        #expect(text(.map(["k": .string(string)])) == "k: \(expected)\n")
    }

    @Test func listsAreNotIndented() {
        let value = Value.map(["a": .list([.int(1), .map(["b": .null, "c": .list([])])]), "d": .map([:])])
        #expect(text(value) == "a:\n- 1\n- b:\n  c: []\nd: {}\n")
    }

    @Test func longCommandsAreFolded() throws {
        let command =
            "cp dd/A out.txt && echo aaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbb cccccccccccccccccccc "
            + "ddddddddddddddddd > /dev/null && echo " + String(repeating: "x", count: 200) + " >> /dev/null"
        let expected = """
            stages:
              a:
                cmd: cp dd/A out.txt && echo aaaaaaaaaaaaaaaaaaaaa\u{20}
                  bbbbbbbbbbbbbbbbbbbbbbbbbb cccccccccccccccccccc ddddddddddddddddd >\u{20}
                  /dev/null && echo\u{20}
                  \(String(repeating: "x", count: 200))
                  >> /dev/null

            """
        let value = Value.map(["stages": .map(["a": .map(["cmd": .string(command)])])])
        #expect(text(value) == expected)
        #expect(try YAMLDocument(parsing: Array(expected.utf8)).value == value)
    }

    @Test func longQuotedStringsAreFolded() {
        let words = Array(repeating: "word", count: 30).joined(separator: " ")
        let head = Array(repeating: "word", count: 15).joined(separator: " ")
        #expect(text(.map(["b": .string("it is: \(words)")])) == "b: 'it is: \(head)\n  \(head)'\n")
        #expect(text(.map(["cc": .string("q\n\(words)")])) == "cc: \"q\\n\(head)\n  \(head)\"\n")
    }
}
