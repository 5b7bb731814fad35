import OrderedCollections
import Testing
import Values
import YAML

@Suite struct ReaderTests {
    @Test func valuesAreThoseOfDVCsReader() throws {
        for pair in try Fixture.cases("reader.json") {
            let members = try #require(pair.list)
            let text = try #require(members[0].string)
            let read = try? YAMLDocument(parsing: Array(text.utf8)).value
            #expect(read == (try members[1]["value"].map(Fixture.value)), "\(text.debugDescription)")
        }
    }

    private func value(_ text: String) throws -> Value {
        try YAMLDocument(parsing: Array(text.utf8)).value
    }

    @Test(arguments: [
        ("010", Value.int(10)), ("1_000", .int(1000)), ("0x1F", .int(31)), ("0o17", .int(15)), ("0b11", .int(3)),
        ("1:30", .string("1:30")), ("1e5", .float(100_000)), (".5", .float(0.5)), ("1.", .float(1)),
        ("yes", .string("yes")), ("on", .string("on")), ("TRUE", .bool(true)), ("~", .null),
        ("-.inf", .float(-.infinity)),
        ("18446744073709551616", .bigInt("18446744073709551616")),
        ("0xFFFFFFFFFFFFFFFFFF", .bigInt("4722366482869645213695")),
        ("2020-01-31", .date("2020-01-31")),
        ("2001-12-14t21:59:43.10-05:00", .date("2001-12-14 21:59:43.100000-05:00")),
        ("2001-12-31 23:59:59.9999996", .date("2002-01-01 00:00:00")), ("!custom x", .string("x")),
    ])
    func plainScalarsResolve(text: String, expected: Value) throws {
        #expect(try value(text) == expected)
    }

    @Test func mergedEntriesComeFirstAndOwnOnesWin() throws {
        let merged = try value("a: &x {p: 1, q: 2}\nb:\n  r: 3\n  <<: *x\n  q: 4\n")["b"]
        #expect(merged?.map.map { Array($0.keys) } == ["p", "q", "r"])
        #expect(merged?["q"] == .int(4))
    }

    @Test(arguments: [
        ("a: 1\na: 2", 2, 1), ("a:\n  b: [1,\n   2", 3, 5), ("a: b: c", 1, 5), ("é: *x", 1, 4), ("a: 1\n\u{1}", 2, 1),
        ("a:\n - 1\n  - 2\nb", 4, 1), ("a: 1\n---\nb: 2", 2, 1), ("a: 2020-02-30", 1, 4), ("k: \"\\q\"", 1, 6),
    ])
    func errorsTellThePlace(text: String, line: Int, column: Int) throws {
        let error = #expect(throws: SyntaxError.self) { try value(text) }
        #expect(error?.line == line)
        #expect(error?.column == column)
    }

    @Test func invalidBytesAreRefused() {
        for bytes: [UInt8] in [
            [0xFF], [0x61, 0], [0xC3], [0xED, 0xA0, 0x80], [0xC2, 0x80], [0x7F], [0xEF, 0xBF, 0xBF],
        ] {
            #expect(throws: SyntaxError.self) { try YAMLDocument(parsing: bytes) }
        }
    }

    @Test func nestingIsLimited() throws {
        #expect(throws: SyntaxError.self) { try value(String(repeating: "[", count: 100_000)) }
        #expect(throws: SyntaxError.self) { try value(String(repeating: "- ", count: 100_000)) }
        #expect(throws: SyntaxError.self) { try value(String(repeating: "? ", count: 100_000)) }
        #expect(throws: SyntaxError.self) { try value(String(repeating: "{a: ", count: 100_000)) }
        _ = try value(String(repeating: "- ", count: 199) + "x")
    }

    @Test func aliasesCannotExpandWithoutEnd() {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...20 {
            let alias = "*a\(level - 1)"
            bomb += "a\(level): &a\(level) [\([String](repeating: alias, count: 10).joined(separator: ", "))]\n"
        }
        #expect(throws: SyntaxError.self) { try value(bomb) }
        var chain = "a0: &a0 [x]\n"
        for level in 1...300 { chain += "a\(level): &a\(level) [*a\(level - 1)]\n" }
        #expect(throws: SyntaxError.self) { try value(chain) }
    }

    @Test func changedTextsNeverStopTheReader() throws {
        let seeds = try Fixture.cases("texts.json").compactMap { $0.string.map { Array($0.utf8) } }
        var generator = SeededGenerator(seed: 7)
        let tokens = Array(" \n:-#?|>\"'[]{},&*!<a1\\\t\r.%~é".utf8)
        for _ in 0..<20_000 {
            var bytes = seeds.randomElement(using: &generator) ?? []
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let index = Int.random(in: 0...bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes.insert(tokens.randomElement(using: &generator) ?? 0, at: index)
                case 1: if index < bytes.count { bytes.remove(at: index) }
                case 2: if index < bytes.count { bytes[index] = UInt8.random(in: 0...255, using: &generator) }
                default:
                    let other = seeds.randomElement(using: &generator) ?? []
                    bytes.insert(contentsOf: other.prefix(Int.random(in: 0...20, using: &generator)), at: index)
                }
            }
            guard let document = try? YAMLDocument(parsing: bytes) else { continue }
            let value = document.value
            let again = try YAMLDocument(parsing: YAMLEmitter.emit(value)).value
            #expect(again.json() == value.json(), "\(String(bytes).debugDescription)")
        }
    }
}
