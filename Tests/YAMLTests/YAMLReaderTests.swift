import OrderedCollections
import Testing
import Values
import YAML

@Suite struct YAMLReaderTests {
    private func json(_ text: String) throws -> String {
        try YAMLDocument(parsing: Array(text.utf8)).value.json()
    }

    @Test(arguments: [
        ("a: 1\nb:\n- x\n- y: 2\n  z: 3\n", #"{"a": 1, "b": ["x", {"y": 2, "z": 3}]}"#),
        ("a: {b: [1, 2.5, 'x'], c: }\n", #"{"a": {"b": [1, 2.5, "x"], "c": null}}"#),
        ("- - 1\n  - 2\n-\n  - 3\n", "[[1, 2], [3]]"),
        ("x: 010\ny: 1_000\nz: 0x1F\no: 0o17\nb: 0b11\n", #"{"x": 10, "y": 1000, "z": 31, "o": 15, "b": 3}"#),
        (
            "t: 1:30\nyes: on\nn: ~\ne: 1e5\nf: 1e-4\n",
            #"{"t": "1:30", "yes": "on", "n": null, "e": 100000.0, "f": 0.0001}"#
        ),
        ("a: \"x\\ny\" # c\nb: 'it''s'\n", #"{"a": "x\ny", "b": "it's"}"#),
        ("cmd: one two \n  three\nnext: 1\n", #"{"cmd": "one two three", "next": 1}"#),
        ("a: |\n  x\n   y\n\nb: >-\n  p\n  q\n", #"{"a": "x\n y\n", "b": "p q"}"#),
        ("a: &x {k: 1}\nb: *x\nc:\n  <<: *x\n  d: 2\n", #"{"a": {"k": 1}, "b": {"k": 1}, "c": {"k": 1, "d": 2}}"#),
        ("# only a comment\n", "null"), ("", "null"), ("---\na: 1\n...\n", #"{"a": 1}"#),
        ("a:\n  - 1\n  # c\n  - 2\nb: x#y\n", #"{"a": [1, 2], "b": "x#y"}"#),
        ("d: 2020-01-01\nurl: http://x/y\n", #"{"d": "2020-01-01", "url": "http://x/y"}"#),
        ("a: !!str 1\n? k\n: v\n", #"{"a": "1", "k": "v"}"#),
        ("a:\r\n- 1\r\n- 2\r\n", #"{"a": [1, 2]}"#),
    ])
    func valuesAreThoseOfYAML12(text: String, expected: String) throws {
        #expect(try json(text) == expected)
    }

    @Test(arguments: [
        "a: 1\na: 2\n", "a: b: c\n", "a: [1\n", "a: 'x\n", "a: *x\n", "a:\n    b: 1\n  c: 2\n", "a: \u{1}\n", "\t- [",
        "a: @x\n", "a: 1\n---\nb: 2\n", "{a: 1, a: 2}",
    ])
    func whatIsNotYAMLIsRefused(text: String) {
        #expect(throws: SyntaxError.self) { try YAMLDocument(parsing: Array(text.utf8)) }
    }

    @Test func deepNestingAndExplodingAliasesAreRefused() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: SyntaxError.self) { try YAMLDocument(parsing: Array(deep.utf8)) }
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for index in 1..<12 {
            bomb +=
                "a\(index): &a\(index) [" + Array(repeating: "*a\(index - 1)", count: 10).joined(separator: ", ")
                + "]\n"
        }
        #expect(throws: SyntaxError.self) { try YAMLDocument(parsing: Array(bomb.utf8)) }
    }

    @Test func linesLeadToTheirKeys() throws {
        let document = try YAMLDocument(parsing: Array("stages:\n  a:\n    cmd: x\n    deps:\n    - p\n    - q\n".utf8))
        #expect(document.line(of: ["stages", "a", "deps", 1]) == 6)
        #expect(document.line(of: ["stages", "a", "cmd", "none"]) == 3)
    }

    @Test func mutatedTextNeverCrashes() {
        let seed = Array("a: &x [1, {b: 'c'}]\nd:\n- |\n  t\n- *x\n- \"q\\u00e9\"\n? e\n: f # g\n".utf8)
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            var text = seed
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let index = Int.random(in: 0..<text.count, using: &random)
                text[index] = Bool.random() ? UInt8.random(in: 9...126) : text[Int.random(in: 0..<text.count)]
            }
            _ = try? YAMLDocument(parsing: text).value
        }
    }
}
