import Basics
import Foundation
import Testing

@Suite struct TemporariesTests {
    @Test func writingInPlaceLeavesNoTemporaryFile() throws {
        let folder = Paths.join(
            Files.canonical(NSTemporaryDirectory()) ?? "/tmp",
            "temporaries-\(UInt64.random(in: 0 ... .max))"
        )
        try Files.makeDirectories(folder)
        defer { try? Files.remove(folder) }
        for number in 0..<200 { try Files.writeAtomically([1, 2, 3], to: Paths.join(folder, "f\(number % 3)")) }
        #expect(try Files.names(in: folder) == ["f0", "f1", "f2"])
    }

    @Test func notesAreGivenBackAndThereMayBeTooMany() {
        let notes = (0..<80).map { Temporaries.note("/nonexistent/\($0)") }
        #expect(notes.contains(-1))
        for note in notes { Temporaries.forget(note) }
        let again = Temporaries.note("/nonexistent/again")
        #expect(again >= 0)
        Temporaries.forget(again)
    }
}
