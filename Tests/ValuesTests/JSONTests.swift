import OrderedCollections
import Testing
import Values

@Suite struct JSONTests {
    @Test(arguments: [
        #"{"a": 1, "b": [1.0, 1e-05, null, true], "c": {}}"#, #"["\u00e9", "\ud83d\ude00", "\n\"\\"]"#,
        "[NaN, Infinity, -Infinity, 123456789012345678901234567890]", "[]", #"{"b": 1, "a": 2}"#,
    ])
    func readingAndWritingGiveTheSameText(text: String) throws {
        #expect(try Value(json: Array(text.utf8)).json() == text)
    }

    @Test func keysAreSortedByCodePoints() throws {
        let value = try Value(json: Array(#"{"b": 1, "B": 2, "é": 3, "a": 4}"#.utf8))
        #expect(value.json(sortKeys: true) == #"{"B": 2, "a": 4, "b": 1, "\u00e9": 3}"#)
    }

    @Test func indentationIsPythons() throws {
        let value = try Value(json: Array(#"{"a": [1, {}], "b": []}"#.utf8))
        #expect(value.json(indent: 2) == "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}")
    }

    @Test(arguments: ["", "{", "[1,]", "{\"a\" 1}", "01", "1.", "tru", "\"a", "[1] 2", "\"\\u12\"", "{'a': 1}"])
    func whatIsNotJSONIsRefused(text: String) {
        #expect(throws: SyntaxError.self) { try Value(json: Array(text.utf8)) }
    }

    @Test func deepNestingIsRefused() {
        #expect(throws: SyntaxError.self) { try Value(json: [UInt8](repeating: UInt8(ascii: "["), count: 100_000)) }
    }

    @Test func errorsTellThePlace() {
        let error = #expect(throws: SyntaxError.self) { try Value(json: Array("{\n  \"a\": x}".utf8)) }
        #expect(error?.line == 2)
        #expect(error?.column == 8)
    }

    @Test func equalityIsPythons() {
        #expect(Value.int(1).isEqualInPython(to: .float(1)))
        #expect(Value.bool(true).isEqualInPython(to: .int(1)))
        #expect(!Value.float(.nan).isEqualInPython(to: .float(.nan)))
        #expect(Value.map(["a": .int(1), "b": .null]).isEqualInPython(to: .map(["b": .null, "a": .float(1)])))
        #expect(!Value.string("1").isEqualInPython(to: .int(1)))
    }
}
