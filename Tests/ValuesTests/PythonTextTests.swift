import OrderedCollections
import Testing
import Values

@Suite struct PythonTextTests {
    @Test(arguments: [
        (Value.null, "None"), (.bool(true), "True"), (.float(1e-5), "1e-05"), (.string("a"), "a"),
        (.date("2020-01-02"), "2020-01-02"),
        (.list([.int(1), .string("a")]), "[1, 'a']"), (.map(["a": .int(1)]), "{'a': 1}"),
        (.list([.string("it's")]), "[\"it's\"]"),
        (.list([.string("'\"")]), #"['\'"']"#), (.list([.string("\n\u{1}é\u{2028}😀\\")]), "['\\n\\x01é\\u2028😀\\\\']"),
        (.list([.date("2020-01-02")]), "[datetime.date(2020, 1, 2)]"),
        (.list([.date("2020-01-02 03:04:05")]), "[datetime.datetime(2020, 1, 2, 3, 4, 5)]"),
        (
            .map([Value.Key("true", isString: false): .null, Value.Key("", isString: false): .null]),
            "{True: None, None: None}"
        ),
    ])
    func strIsPythons(value: Value, text: String) {
        #expect(value.pythonText == text)
    }

    @Test func reprQuotesStrings() {
        #expect(Value.string("a").pythonRepr == "'a'")
    }

    @Test func integersBeyond64BitsCompareExactly() {
        #expect(Value.bigInt("100000000000000000000").isEqualInPython(to: .float(1e20)))
        #expect(!Value.bigInt("100000000000000000001").isEqualInPython(to: .float(1e20)))
        #expect(!Value.int(9_007_199_254_740_993).isEqualInPython(to: .float(9_007_199_254_740_992)))
        #expect(Value.int(9_007_199_254_740_992).isEqualInPython(to: .float(9_007_199_254_740_992)))
    }

    @Test func integersReadInEachRadix() {
        #expect(PythonNumber.integer("-ffffffffffffffffffff", radix: 16) == .bigInt("-1208925819614629174706175"))
        #expect(PythonNumber.integer("777", radix: 8) == .int(511))
        #expect(PythonNumber.integer("00000000000000000000000001") == .int(1))
        #expect(PythonNumber.integer(String(repeating: "9", count: 4301)) == nil)
        #expect(PythonNumber.integer("9a") == nil)
    }

    @Test func keysThatAreNoStringsBecomeTextInJSON() {
        let map: Value.Map = [
            Value.Key("true", isString: false): .int(1), Value.Key("", isString: false): .int(2),
            Value.Key("1.5", isString: false): .int(3), Value.Key("inf", isString: false): .int(4),
        ]
        #expect(Value.map(map).json() == #"{"true": 1, "null": 2, "1.5": 3, "Infinity": 4}"#)
    }

    @Test func charactersBeyondASCIICanStay() {
        #expect(Value.string("é😀\u{7F}").json(ensureASCII: false) == "\"é😀\u{7F}\"")
        #expect(Value.string("é😀\u{7F}").json() == #""\u00e9\ud83d\ude00\u007f""#)
    }

    @Test func loneSurrogatesAreReplaced() throws {
        #expect(try Value(json: Array(#""\ud83d\ud83d\ude00\udc00""#.utf8)) == .string("\u{FFFD}😀\u{FFFD}"))
    }

    @Test func theLastOfEqualKeysWins() throws {
        #expect(try Value(json: Array(#"{"a": 1, "b": 2, "a": 3}"#.utf8)).json() == #"{"a": 3, "b": 2}"#)
    }
}
