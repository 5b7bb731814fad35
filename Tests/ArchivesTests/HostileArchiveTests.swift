import Archives
import Basics
import Compression
import Testing

struct HostileArchiveTests {
    private func extract(_ bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits()) throws -> ArchiveExtractor.Outcome {
        let folder = try Folder()
        let inner = folder("a/b/c")
        try Files.makeDirectories(inner)
        defer {
            // Whatever was tried, nothing is beside the folder.
            #expect((try? Files.names(in: folder.path)) == ["a"])
            #expect((try? Files.names(in: folder("a"))) == ["b"])
            #expect((try? Files.names(in: folder("a/b"))) == ["c"])
        }
        return try ArchiveExtractor.extract(TarReader(MemorySource(bytes), limits: limits), to: inner)
    }

    @Test(
        "Names that lead out are refused",
        arguments: [
            "../x", "../../x", "a/../../x", "/etc/x", "./../x", "a/..", "..", ".git/config", "a/.GIT/hooks/post-commit",
            ".dvc/config",
        ]
    )
    func escapes(name: String) throws {
        let archive = try tar([(ArchiveEntry(path: name), [1])])
        #expect(throws: ArchiveError.unsafeName(name)) { try extract(archive) }
    }

    @Test("Links and devices are left out, and nothing goes through them")
    func links() throws {
        var archive = try tar([
            (ArchiveEntry(path: "up", kind: .symbolicLink("../..")), []),
            (ArchiveEntry(path: "hard", kind: .hardLink("/etc/passwd")), []),
            (ArchiveEntry(path: "up/x"), [1]),
            (ArchiveEntry(path: "pipe"), []),
        ])
        archive = patched(archive, at: 512 * 4, [(156, Array("6".utf8))])
        let outcome = try extract(archive)
        #expect(outcome.files == ["up/x"])
        #expect(outcome.skipped.map(\.name) == ["up", "hard", "pipe"])
    }

    @Test(
        "A name comes once, and no file is a folder",
        arguments: [
            ["a", "a"], ["a", "./a"], ["a", "a/b"], ["a/b", "a"], ["a//b", "a/b"],
        ]
    )
    func repeated(names: [String]) throws {
        let archive = try tar(names.map { (ArchiveEntry(path: $0), [1]) })
        #expect(throws: ArchiveError.self) { try extract(archive) }
    }

    @Test("Limits hold before anything is read")
    func limits() throws {
        let archive = try tar([(ArchiveEntry(path: "a"), [1, 2, 3]), (ArchiveEntry(path: "b"), [1, 2, 3])])
        #expect(try extract(archive, limits: ArchiveLimits(bytes: 6)).files.count == 2)
        #expect(throws: ArchiveError.self) { try extract(archive, limits: ArchiveLimits(bytes: 5)) }
        #expect(throws: ArchiveError.self) { try extract(archive, limits: ArchiveLimits(entries: 1)) }
        let deep = try tar([(ArchiveEntry(path: String(repeating: "d/", count: 1000) + "f"), [])])
        #expect(throws: ArchiveError.self) { try extract(deep) }
        let name = try tar([(ArchiveEntry(path: String(repeating: "n", count: 5000)), [])])
        #expect(throws: ArchiveError.self) { try extract(name) }
    }

    @Test(
        "Numbers that make no sense are refused",
        arguments: [
            [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE],
            [0x80, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
            [0x80, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
            Array("-0000000001\u{0}".utf8), Array("9999999999x\u{0}".utf8), Array("77777777777\u{0}".utf8),
        ] as [[UInt8]]
    )
    func sizes(field: [UInt8]) throws {
        let archive = patched(try tar([(ArchiveEntry(path: "a"), [1])]), [(124, field)])
        #expect(throws: ArchiveError.self) { try entries(of: archive, limits: ArchiveLimits(bytes: 1 << 30)) }
    }

    @Test("Sparse files and volumes are refused", arguments: ["S", "M"])
    func special(type: String) throws {
        let archive = patched(try tar([(ArchiveEntry(path: "a"), [1])]), [(156, Array(type.utf8))])
        #expect(throws: ArchiveError.self) { try extract(archive) }
    }

    @Test("Damage is found wherever it is")
    func damage() throws {
        let archive = try tar([
            (ArchiveEntry(path: "a"), [1, 2, 3]), (ArchiveEntry(path: String(repeating: "n", count: 200)), []),
        ])
        #expect(try entries(of: archive).count == 2)
        for length in stride(from: 1, to: archive.count - 1024, by: 100) where length % 512 != 0 {
            #expect(throws: ArchiveError.truncated, "\(length)") { try entries(of: Array(archive[..<length])) }
        }
        for offset in stride(from: 0, to: 512, by: 7) where !(148..<156).contains(offset) {
            var broken = archive
            broken[offset] ^= 0x55
            #expect(throws: ArchiveError.self, "\(offset)") { try entries(of: broken) }
        }
        #expect(throws: ArchiveError.self) { try entries(of: [UInt8](repeating: 0x41, count: 2048)) }
    }

    @Test(
        "A pax header is read with doubt",
        arguments: [
            "5 a=b\n", "99999 path=x\n", "0 path=x\n", "-1 path=x\n", "9 path=xx", "8 pathx\n", "\n", "10 size=-1\n",
            "999999999999999999999 path=x\n", "31 GNU.sparse.realsize=1000000\n",
        ]
    )
    func pax(records: String) throws {
        let bytes = Array(records.utf8)
        let archive = patched(
            try tar([(ArchiveEntry(path: "p"), bytes), (ArchiveEntry(path: "a"), [1])]),
            [
                (156, Array("x".utf8))
            ]
        )
        #expect(throws: ArchiveError.self, "\(records)") { try entries(of: archive) }
    }

    @Test("No bytes make the reader trap")
    func noise() {
        var state: UInt64 = 88_172_645_463_325_252
        func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
        let seed =
            (try? tar([
                (ArchiveEntry(path: String(repeating: "n", count: 150)), [1, 2, 3]),
                (ArchiveEntry(path: "link", kind: .symbolicLink("x")), []), (ArchiveEntry(path: "b"), [4]),
            ])) ?? []
        for _ in 0..<2000 {
            var bytes = seed
            let header = Int(next() % UInt64(bytes.count / 512)) * 512
            for _ in 0..<(1 + next() % 8) { bytes[header + Int(next() % 512)] = UInt8(truncatingIfNeeded: next()) }
            bytes = patched(bytes, at: header, [])
            _ = try? entries(of: bytes, limits: ArchiveLimits(bytes: 1 << 20, entries: 100))
        }
    }

    @Test("A bomb stops early", arguments: [ArchiveFormat.tarGzip, .tarXZ])
    func bomb(format: ArchiveFormat) throws {
        let folder = try Folder()
        let path = folder("bomb")
        let descriptor = try Files.open(path, 1 | 0o100)
        let sink = try ArchiveSink(format, descriptor: descriptor, path: path)
        var writer = TarWriter { try sink.write($0) }
        let block = [UInt8](repeating: 0, count: 1 << 20)
        try writer.add(ArchiveEntry(path: "zeros", size: 300 << 20))
        for _ in 0..<300 { try block.withUnsafeBytes { try writer.write($0) } }
        try writer.finish()
        try sink.finish()
        #expect(try Files.status(path)?.size ?? 0 < 1 << 20)
        try Files.makeDirectories(folder("out"))
        #expect(throws: CompressionError.self) { try ArchiveExtractor.extract(path, to: folder("out")) }
    }

    @Test("Compressed archives that end early or are damaged are refused", arguments: [ArchiveFormat.tarGzip, .tarXZ])
    func truncated(format: ArchiveFormat) throws {
        let folder = try Folder()
        let path = folder("a")
        let descriptor = try Files.open(path, 1 | 0o100)
        let sink = try ArchiveSink(format, descriptor: descriptor, path: path)
        var writer = TarWriter { try sink.write($0) }
        try writer.add(ArchiveEntry(path: "f"), contents: (0..<50_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) })
        try writer.finish()
        try sink.finish()
        let bytes = try Files.read(path)
        for (index, part) in [bytes.count / 2, bytes.count - 1, 20].enumerated() {
            try Files.writeAtomically(Array(bytes[..<part]), to: path)
            try Files.makeDirectories(folder("out\(index)"))
            #expect(throws: (any Error).self) { try ArchiveExtractor.extract(path, to: folder("out\(index)")) }
        }
        var broken = bytes
        broken[bytes.count / 2] ^= 0xFF
        try Files.writeAtomically(broken, to: path)
        try Files.makeDirectories(folder("outb"))
        #expect(throws: (any Error).self) { try ArchiveExtractor.extract(path, to: folder("outb")) }
    }
}
