import Testing

@testable import Kubernetes

@Suite struct LogPlaceTests {
    /// The texts of the lines that are new.
    private func new(_ place: inout LogPlace, _ lines: [String]) -> [String] {
        lines.filter { place.isNew("2026-01-01T00:00:" + $0) }.map { LogPlace.text("2026-01-01T00:00:" + $0) }
    }

    @Test func whatComesAgainIsNotNew() {
        var place = LogPlace()
        let lines1 = new(&place, ["01.5Z a", "02.5Z b", "02.5Z c", "02.75Z d"])
        #expect(lines1 == ["a", "b", "c", "d"])
        #expect(place.sinceTime == "2026-01-01T00:00:02Z")
        place.reopen()
        let lines2 = new(&place, ["02.5Z b", "02.5Z c", "02.5Z e", "02.75Z d", "02.8Z f", "03Z g"])
        #expect(lines2 == ["e", "f", "g"])
        place.reopen()
        let lines3 = new(&place, ["03Z g", "03Z g", "04Z h"])
        #expect(lines3 == ["g", "h"])
    }

    @Test func linesOutOfOrderAreNotLost() {
        var place = LogPlace()
        let lines4 = new(&place, ["02.5Z a", "02.25Z b", "01Z c"])
        #expect(lines4 == ["a", "b", "c"])
        place.reopen()
        let lines5 = new(&place, ["02.5Z a", "02.25Z b", "02.3Z d", "02.6Z e"])
        #expect(lines5 == ["d", "e"])
    }

    @Test func whatWasLeftOutByATailStaysOut() {
        var place = LogPlace()
        let lines6 = new(&place, ["02.500000000Z b"])
        #expect(lines6 == ["b"])
        place.reopen()
        let lines7 = new(&place, ["02.4Z a", "02.5Z b", "02.6Z c"])
        #expect(lines7 == ["c"])
    }

    @Test(arguments: ["", " ", "no time at all", "2026-01-01T00:00:00", "2026-13-01T00:00:00Z x"])
    func aLineWithoutATimeIsHandedOver(_ line: String) {
        var place = LogPlace()
        for _ in 0..<2 {
            let isNew = place.isNew(line)
            #expect(isNew)
            #expect(LogPlace.text(line) == line)
            place.reopen()
        }
        #expect(place.sinceTime == nil)
    }

    @Test func zonesAreKept() {
        var place = LogPlace()
        _ = place.isNew("2026-01-01T00:00:00.123456789+01:00 a")
        #expect(place.sinceTime == "2026-01-01T00:00:00+01:00")
    }
}
