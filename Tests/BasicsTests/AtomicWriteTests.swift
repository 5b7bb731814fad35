import Basics
import Foundation
import Testing

@Suite struct AtomicWriteTests {
    private func folder() throws -> String {
        let folder = Paths.join(NSTemporaryDirectory(), "atomic-\(UUID().uuidString)")
        try Files.makeDirectories(folder)
        return folder
    }

    @Test func whatADeadProcessLeftIsReplaced() throws {
        let folder = try folder()
        defer { try? Files.remove(folder) }
        let path = Paths.join(folder, "data.dvc")
        #expect(FileManager.default.createFile(atPath: TemporaryNames.beside(path), contents: Data("hal".utf8)))
        #expect(chmod(TemporaryNames.beside(path), 0o444) == 0)
        try Files.writeAtomically(Array("whole".utf8), to: path)
        #expect(try Files.read(path) == Array("whole".utf8))
        #expect(try Files.names(in: folder) == ["data.dvc"])
    }

    @Test func anotherNameOfALeftoverKeepsItsContent() throws {
        let folder = try folder()
        defer { try? Files.remove(folder) }
        let path = Paths.join(folder, "data.dvc")
        try Files.writeAtomically(Array("precious".utf8), to: Paths.join(folder, "other"))
        #expect(link(Paths.join(folder, "other"), TemporaryNames.beside(path)) == 0)
        try Files.writeAtomically(Array("whole".utf8), to: path)
        #expect(try Files.read(Paths.join(folder, "other")) == Array("precious".utf8))
        #expect(try Files.names(in: folder) == ["data.dvc", "other"])
    }

    @Test func writersOfOneFileWaitForEachOther() async throws {
        let folder = try folder()
        defer { try? Files.remove(folder) }
        let path = Paths.join(folder, "dvc.lock")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    for _ in 0..<50 {
                        try Files.writeAtomically(Array(repeating: UInt8(writer), count: 20_000), to: path)
                    }
                }
            }
            try await group.waitForAll()
        }
        let bytes = try Files.read(path)
        #expect(bytes.count == 20_000 && Set(bytes).count == 1)
        #expect(try Files.names(in: folder) == ["dvc.lock"])
    }

    @Test func aLongNameHasRoomForItsTemporaryFile() throws {
        let folder = try folder()
        defer { try? Files.remove(folder) }
        let path = Paths.join(folder, String(repeating: "n", count: 255))
        try Files.writeAtomically([1], to: path)
        #expect(try Files.read(path) == [1])
    }

    @Test func namesBelongToOneFileEach() {
        let names = Set((0..<10_000).map { TemporaryNames.derived(from: "file\($0).bin".utf8) })
        #expect(names.count == 10_000)
        #expect(names.allSatisfy { TemporaryNames.matches($0.utf8) })
        #expect(TemporaryNames.derived(from: "a".utf8) == TemporaryNames.derived(from: "a".utf8))
    }
}
