import Compression
import Foundation
import Testing

@Suite struct CompressionTests {
    private let text = Array(String(repeating: "a swift stays aloft for ten months. ", count: 20000).utf8)

    @Test(arguments: CompressionFormat.allCases)
    func whatIsCompressedComesBack(format: CompressionFormat) throws {
        for bytes in [[], [7], text] {
            let compressed = try format.compress(bytes)
            #expect(try format.decompress(compressed, limit: bytes.count) == bytes)
        }
        #expect(try format.compress(text).count < text.count / 50)
    }

    @Test(arguments: CompressionFormat.allCases)
    func aStreamMayComeByteByByte(format: CompressionFormat) throws {
        let bytes = Array(text.prefix(3000))
        let inflater = try Inflater(format, limit: bytes.count)
        var result: [UInt8] = []
        for byte in try format.compress(bytes) {
            try withUnsafeBytes(of: byte) { try inflater.inflate($0) { result.append(contentsOf: $0) } }
        }
        try inflater.finish()
        #expect(result == bytes)
    }

    private func zstandard(_ pieces: [ArraySlice<UInt8>]) throws -> [UInt8] {
        let deflater = try ZstandardDeflater()
        var result: [UInt8] = []
        for piece in pieces {
            try piece.withUnsafeBytes { try deflater.deflate($0) { result.append(contentsOf: $0) } }
        }
        try deflater.finish { result.append(contentsOf: $0) }
        return result
    }

    @Test func aFrameOfZstandardDoesNotDependOnItsPieces() throws {
        var generator = SystemRandomNumberGenerator()
        let noise = (0..<300_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        for bytes in [[], [7], text, noise + text + noise] {
            let whole = try zstandard([bytes[...]])
            #expect(whole.starts(with: [0x28, 0xB5, 0x2F, 0xFD]))
            var pieces: [ArraySlice<UInt8>] = []
            var start = 0
            while start < bytes.count {
                let end = min(bytes.count, start + .random(in: 1...70_000, using: &generator))
                pieces.append(bytes[start..<end])
                start = end
            }
            #expect(try zstandard(pieces) == whole)
        }
        #expect(try zstandard([text[...]]).count < text.count / 50)
    }

    /// The program of Zstandard's own reads what was made, also longer than what it looks back on.
    @Test(.enabled(if: ["/usr/bin/zstd", "/usr/local/bin/zstd"].contains(where: FileManager.default.isExecutableFile)))
    func framesOfZstandardComeBack() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "zstandard-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var generator = SystemRandomNumberGenerator()
        let noise = (0..<3_000_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        for bytes in [[], [7], text, noise + text + noise + noise] {
            try Data(try zstandard([bytes[...]])).write(to: folder.appending(path: "a.zst"))
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = [
                "zstd", "-dqf", folder.appending(path: "a.zst").path, "-o", folder.appending(path: "a").path,
            ]
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            #expect(try Data(contentsOf: folder.appending(path: "a")) == Data(bytes))
        }
    }

    @Test func noMoreComesOutThanMay() throws {
        let bomb = try CompressionFormat.gzip.compress([UInt8](repeating: 0, count: 10_000_000))
        #expect(throws: CompressionError.tooLarge(limit: 9_999_999)) {
            try CompressionFormat.gzip.decompress(bomb, limit: 9_999_999)
        }
        #expect(try CompressionFormat.gzip.decompress(bomb, limit: 10_000_000).count == 10_000_000)
    }

    @Test(arguments: CompressionFormat.allCases)
    func aCutStreamIsNoStream(format: CompressionFormat) throws {
        let compressed = try format.compress(Array(text.prefix(1000)))
        for count in 0..<compressed.count {
            #expect(throws: CompressionError.truncated) {
                try format.decompress(Array(compressed.prefix(count)), limit: 1 << 20)
            }
        }
    }

    @Test func otherBytesAreDamage() throws {
        #expect(throws: CompressionError.damaged) { try CompressionFormat.gzip.decompress(text, limit: 1 << 20) }
        #expect(throws: CompressionError.damaged) { try CompressionFormat.zlib.decompress(text, limit: 1 << 20) }
        let compressed = try CompressionFormat.zlib.compress(text)
        #expect(throws: CompressionError.damaged) {
            try CompressionFormat.zlib.decompress(compressed + [1], limit: 1 << 20)
        }
    }

    @Test func gzipStreamsOneAfterAnotherAreOne() throws {
        let compressed = try CompressionFormat.gzip.compress([1, 2]) + CompressionFormat.gzip.compress([3])
        #expect(try CompressionFormat.gzip.decompress(compressed, limit: 3) == [1, 2, 3])
    }

    @Test func randomBytesDoNotTrap() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 0..<200)).map { _ in UInt8.random(in: 0...255, using: &generator) }
            for format in CompressionFormat.allCases { _ = try? format.decompress(bytes, limit: 1 << 16) }
        }
    }

    @Test func gunzipReadsIt() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("apus-\(UUID()).gz")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(CompressionFormat.gzip.compress(text)).write(to: file)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "--test", file.path]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
