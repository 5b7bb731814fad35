import OrderedCollections
import Testing
import Values
import YAML

@Suite struct WriterTests {
    @Test func textsAreThoseOfDVCsWriter() throws {
        for pair in try Fixture.cases("writer.json") {
            let members = try #require(pair.list)
            #expect(String(YAMLEmitter.emit(try Fixture.value(members[0]))) == members[1].string)
        }
    }

    @Test func writtenTextReadsBackAndIsStable() throws {
        for pair in try Fixture.cases("writer.json") {
            let value = try Fixture.value(try #require(pair.list)[0])
            let text = YAMLEmitter.emit(value)
            let read = try YAMLDocument(parsing: text).value
            #expect(read == value)
            #expect(YAMLEmitter.emit(read) == text)
        }
    }

    @Test func blanksBeforeALongWordAreKept() throws {
        let value = Value.map(["cmd": .string("python  " + String(repeating: "b", count: 90) + " x")])
        #expect(try YAMLDocument(parsing: YAMLEmitter.emit(value)).value == value)
    }

    @Test func aFoldAfterABackslashAddsNoBlank() throws {
        for length in 60..<90 {
            let value = Value.map(["k": .string("'" + String(repeating: "a", count: length) + "\\b\tc\\d e")])
            #expect(try YAMLDocument(parsing: YAMLEmitter.emit(value)).value == value)
        }
    }

    @Test func keysAreNotFolded() throws {
        let value = Value.map(["a": .map([Value.Key(String(repeating: "word ", count: 20) + "x"): .int(1)])])
        #expect(try YAMLDocument(parsing: YAMLEmitter.emit(value)).value == value)
    }

    @Test func indentedTextStandsBehindBlanks() {
        #expect(String(YAMLEmitter.emit(.map(["a": .list([.int(1)])]), indent: 2)) == "  a:\n  - 1\n")
    }
}
