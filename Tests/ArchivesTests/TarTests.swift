import Archives
import Basics
import Glibc
import Testing

struct TarTests {
    private static let long = String(repeating: "folder/", count: 20) + "file"
    private static let endless = String(repeating: "n", count: 250) + "/é"

    @Test("What is written is read back, whatever its name and size")
    func roundTrip() throws {
        let written: [(ArchiveEntry, [UInt8])] = [
            (ArchiveEntry(path: "a", mode: 0o755, modified: 1_700_000_000), Array("hello".utf8)),
            (ArchiveEntry(path: "empty"), []),
            (ArchiveEntry(path: "block"), [UInt8](repeating: 7, count: 512)),
            (ArchiveEntry(path: "more"), [UInt8](repeating: 8, count: 1025)),
            (ArchiveEntry(path: Self.long, modified: -5), [1]),
            (ArchiveEntry(path: Self.endless, modified: 1 << 40), [2]),
            (ArchiveEntry(path: "link", kind: .symbolicLink(Self.long)), []),
            (ArchiveEntry(path: "same", kind: .hardLink("a")), []),
        ]
        let read = try entries(of: tar(written))
        #expect(read.count == written.count)
        for (mine, its) in zip(written, read) {
            #expect(mine.0.path == its.0.path)
            #expect(mine.0.kind == its.0.kind)
            #expect(mine.0.mode == its.0.mode)
            #expect(mine.0.modified == its.0.modified)
            #expect(mine.1 == its.1)
        }
    }

    @Test("The same entries give the same bytes, without owners")
    func deterministic() throws {
        let entry = (ArchiveEntry(path: "a"), Array("hello".utf8))
        let bytes = try tar([entry])
        #expect(try bytes == tar([entry]))
        #expect(bytes.count == 512 + 512 + 1024)
        #expect(Array(bytes[108..<124]) == Array("0000000\u{0}0000000\u{0}".utf8))
        #expect(bytes[265..<329].allSatisfy { $0 == 0 })
    }

    @Test("tar unpacks what is written here")
    func readByTar() throws {
        let folder = try Folder()
        let archive = try tar([
            (ArchiveEntry(path: "dir", kind: .directory), []),
            (ArchiveEntry(path: "dir/" + Self.long, mode: 0o755), Array("deep".utf8)),
            (ArchiveEntry(path: Self.endless), Array("long".utf8)),
            (ArchiveEntry(path: "link", kind: .symbolicLink("dir")), []),
        ])
        try Files.writeAtomically(archive, to: folder("a.tar"))
        try Files.makeDirectories(folder("out"))
        let result = try ChildProcess.run(["tar", "-xf", folder("a.tar"), "-C", folder("out")])
        #expect(result.ending.isSuccess && result.errorText.isEmpty, "\(result.errorText)")
        #expect(try Files.read(folder("out/dir/" + Self.long)) == Array("deep".utf8))
        #expect(try Files.status(folder("out/dir/" + Self.long))?.isExecutable == true)
        #expect(try Files.linkTarget(folder("out/link")) == "dir")
    }

    @Test("Archives of tar are read in all its formats", arguments: ["v7", "oldgnu", "gnu", "ustar", "pax"])
    func writtenByTar(format: String) throws {
        let folder = try Folder()
        let name =
            format == "v7"
            ? "d/file" : "d/" + String(repeating: "x", count: 60) + "/" + String(repeating: "y", count: 70)
        try Files.makeDirectories(Paths.parent(folder("in/" + name)))
        try Files.writeAtomically(Array("content".utf8), to: folder("in/" + name))
        let command = ["tar", "--format", format, "-cf", folder("a.tar"), "-C", folder("in"), "."]
        #expect(try ChildProcess.run(command).ending.isSuccess)
        let outcome = try ArchiveExtractor.extract(folder("a.tar"), to: out(folder))
        #expect(outcome.files == [name] && outcome.skipped.isEmpty)
        #expect(try Files.read(folder("out/" + name)) == Array("content".utf8))
    }

    @Test("Compressed archives are read by what they are, not by their names", arguments: ["gzip", "xz"])
    func compressed(program: String) throws {
        let folder = try Folder()
        try Files.writeAtomically(try tar([(ArchiveEntry(path: "a"), [1, 2, 3])]), to: folder("a.tar"))
        let result = try ChildProcess.run([program, "-c", folder("a.tar")])
        try Files.writeAtomically(result.output, to: folder("model.zip"))
        _ = try ArchiveExtractor.extract(folder("model.zip"), to: out(folder))
        #expect(try Files.read(folder("out/a")) == [1, 2, 3])
    }

    @Test(
        "Compressed archives that are written here are read by tar",
        arguments: [ArchiveFormat.tar, .tarGzip, .tarXZ]
    )
    func sink(format: ArchiveFormat) throws {
        let folder = try Folder()
        let contents = [UInt8](repeating: 9, count: 300_000)
        let first = try packed(format, contents, folder("a"))
        #expect(try first == packed(format, contents, folder("b")))
        let result = try ChildProcess.run(["tar", "-xOf", folder("a"), "big"])
        #expect(result.output == contents, "\(result.errorText)")
    }

    private func packed(_ format: ArchiveFormat, _ contents: [UInt8], _ path: String) throws -> [UInt8] {
        let descriptor = try Files.open(path, O_WRONLY | O_CREAT | O_CLOEXEC)
        let sink = try ArchiveSink(format, descriptor: descriptor, path: path)
        var writer = TarWriter { try sink.write($0) }
        try writer.add(ArchiveEntry(path: "big"), contents: contents)
        try writer.finish()
        try sink.finish()
        close(descriptor)
        return try Files.read(path)
    }

    private func out(_ folder: Folder) throws -> String {
        try Files.makeDirectories(folder("out"))
        return folder("out")
    }
}
