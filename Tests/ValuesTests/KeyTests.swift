import OrderedCollections
import Testing
import Values

@Suite struct KeyTests {
    @Test func twoSpellingsOfOneLetterAreTwoKeys() {
        let map: Value.Map = ["\u{E9}": .int(1), "e\u{301}": .int(2)]
        #expect(map["\u{E9}"] == .int(1))
        #expect(map["e\u{301}"] == .int(2))
    }

    @Test func aNumberIsNotTheTextOfIt() {
        #expect(Value.Key("1") != Value.Key("1", isString: false))
    }
}
