import Compression
import Foundation
import Testing

@Suite struct BlockDeflaterTests {
    private static let mebibyte = 1 << 20
    private static let text = words(3_300_000)
    private static let noise = (0..<2_200_000).map { _ in UInt8.random(in: 0...255) }

    /// Text of its own kind: neither noise nor the same over and over.
    private static func words(_ count: Int) -> [UInt8] {
        var state: UInt64 = 1
        var bytes: [UInt8] = []
        while bytes.count < count {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            bytes += Array("word\((state >> 33) % 5000) ".utf8)
        }
        return Array(bytes.prefix(count))
    }

    private func compress(
        _ bytes: [UInt8],
        threads: Int? = nil,
        pieces: ClosedRange<Int>? = nil
    ) throws -> [UInt8] {
        let deflater = try BlockDeflater(threads: threads)
        var result: [UInt8] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + (pieces.map { .random(in: $0) } ?? bytes.count))
            try bytes[start..<end].withUnsafeBytes { try deflater.deflate($0) { result.append(contentsOf: $0) } }
            start = end
        }
        try deflater.finish { result.append(contentsOf: $0) }
        return result
    }

    @Test(arguments: [0, 1, 65_535, mebibyte - 1, mebibyte, mebibyte + 1, 3 * mebibyte])
    func whatIsCompressedComesBack(count: Int) throws {
        for source in [Self.text, Self.noise + Self.noise, [UInt8](repeating: 0, count: count)] {
            let bytes = Array(source.prefix(count))
            let compressed = try compress(bytes)
            #expect(try CompressionFormat.gzip.decompress(compressed, limit: count) == bytes)
        }
    }

    @Test func threadsAndPiecesDoNotShow() throws {
        let bytes = Self.text + Self.noise + Self.text
        let whole = try compress(bytes, threads: 1)
        #expect(try CompressionFormat.gzip.decompress(whole, limit: bytes.count) == bytes)
        for threads in [1, 2, 7] {
            #expect(try compress(bytes, threads: threads, pieces: 1...300_000) == whole)
        }
    }

    /// What a block cannot refer to in the one before costs little.
    @Test func blocksTakeHardlyMoreThanOneStream() throws {
        let together = try CompressionFormat.gzip.compress(Self.text).count
        #expect(try compress(Self.text).count < together + together / 50)
    }

    @Test func noiseIsStored() throws {
        let bytes = Self.noise + Self.noise
        #expect(try compress(bytes).count < bytes.count + bytes.count / 1000 + 64)
    }

    @Test func gzipReadsIt() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "blocks-\(UUID()).gz")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(compress(Self.text + Self.noise + Self.text)).write(to: file)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "--test", file.path]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test func whoFailsInTheMiddleIsNotWaitedFor() throws {
        let deflater = try BlockDeflater(threads: 3)
        var count = 0
        #expect(throws: CompressionError.tooLarge(limit: 1)) {
            for _ in 0..<100 {
                try Self.text.withUnsafeBytes { bytes in
                    try deflater.deflate(bytes) { (_) throws(CompressionError) in
                        count += 1
                        throw .tooLarge(limit: 1)
                    }
                }
            }
        }
        #expect(count == 1)
    }
}
