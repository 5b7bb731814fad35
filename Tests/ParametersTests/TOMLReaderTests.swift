import OrderedCollections
import Parameters
import Testing
import Values

@Suite struct TOMLReaderTests {
    @Test func valuesOfAllKindsAreRead() throws {
        let source = """
            # comment
            title = "a\\tb \\u00e9"
            'quoted key' = 'C:\\x'
            int = +1_000
            hex = 0xDEAD_beef
            oct = 0o17
            bin = 0b101
            float = 6.626e-34
            special = [inf, -inf, true, false]
            big = 9223372036854775808
            long = \"\"\"
            first \\
               second "quoted"\"\"\"\"
            raw = '''
            it's
            here'''
            odt = 1979-05-27T00:32:00.999999999-07:00
            utc = 1979-05-27 07:32:00Z
            day = 1979-05-27
            time = 07:32:00.5
            inline = { a.b = 1, c = [ 1, # one
              2, ] }
            """
        let map = try read(source)
        #expect(
            map == [
                "title": .string("a\tb \u{E9}"), "quoted key": .string("C:\\x"), "int": .int(1000),
                "hex": .int(0xDEAD_BEEF), "oct": .int(15), "bin": .int(5), "float": .float(6.626e-34),
                "special": .list([.float(.infinity), .float(-.infinity), .bool(true), .bool(false)]),
                "big": .bigInt("9223372036854775808"), "long": .string("first second \"quoted\"\""),
                "raw": .string("it's\nhere"), "odt": .date("1979-05-27 00:32:00.999999-07:00"),
                "utc": .date("1979-05-27 07:32:00+00:00"), "day": .date("1979-05-27"), "time": .date("07:32:00.500000"),
                "inline": .map(["a": .map(["b": .int(1)]), "c": .list([.int(1), .int(2)])]),
            ]
        )
    }

    @Test func tablesKeepTheOrderOfTheFile() throws {
        let source = """
            z.y = 1
            z.x = 2
            [train]
            lr = 0.1
            [train.opt]
            name = "adam"
            [[layers]]
            size = 1
            [[layers]]
            size = 2
            [layers.extra]
            a = 1
            [a]
            """
        let map = try read(source)
        #expect(map?.keys.map(\.text) == ["z", "train", "layers", "a"])
        #expect(map?["z"]?.map?.keys.map(\.text) == ["y", "x"])
        #expect(map?["train"] == .map(["lr": .float(0.1), "opt": .map(["name": .string("adam")])]))
        #expect(
            map?["layers"] == .list([.map(["size": .int(1)]), .map(["size": .int(2), "extra": .map(["a": .int(1)])])])
        )
    }

    @Test(arguments: [
        ("a = 1\na = 2", 2), ("[a]\n[a]", 2), ("a = 01", 1), ("a = 1__0", 1), ("a = 1.", 1), ("a = \"x", 1),
        ("a = [1, 2", 1), ("a = {b = 1\n}", 1), ("[a\nb = 1", 1), ("a = 1 b = 2", 1), ("\n\na = 2021-02-29", 3),
        ("a = \"\\x\"", 1), ("a = \"\\uD800\"", 1), ("= 1", 1), ("a", 1), ("a = \n", 1), ("a.b = 1\n[a]", 2),
        ("a = 1\n[a.b]", 2), ("a = [1]\n[[a]]", 2), ("a = 25:00:00", 1), ("a = \"\"\"x", 1), ("a = \"\\", 1),
        ("a = nope", 1), ("a = 0x", 1), ("a = +0x1", 1),
    ])
    func brokenSourceIsRefusedWithItsLine(source: String, line: Int) {
        #expect { try read(source) } throws: { ($0 as? ParameterFileError)?.line == line }
    }

    @Test func deepNestingIsRefused() {
        #expect(throws: ParameterFileError.self) { try read("a = " + String(repeating: "[", count: 100_000)) }
        #expect(throws: ParameterFileError.self) { try read(String(repeating: "a.", count: 100_000) + "a = 1") }
        #expect(throws: ParameterFileError.self) { try read(String(repeating: "a={a.b.c.d=", count: 90) + "1") }
    }

    private func read(_ source: String) throws -> Value.Map? {
        try ParameterFile.load(bytes: Array(source.utf8), name: "params.toml").map
    }
}
