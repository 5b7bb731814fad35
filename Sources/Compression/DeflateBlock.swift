import CZlib

/// A part of a long stream that is compressed on its own.
///
/// For one thread at a time, which is handed over by ``BlockDeflater``.
final class DeflateBlock: @unchecked Sendable {
    /// Bytes that a block holds before they are compressed.
    static let capacity = 1 << 20
    /// What deflate looks back on, which is kept in front of the bytes.
    private static let window = 1 << 15

    private let input: UnsafeMutableRawBufferPointer
    private let output: UnsafeMutableRawBufferPointer
    private var dictionaryCount = 0
    private(set) var count = 0
    private var resultCount = 0
    /// The CRC-32 of the bytes, once they are compressed.
    private(set) var checksum: UInt = 0
    private(set) var error: CompressionError?

    init() {
        input = .allocate(byteCount: Self.window + Self.capacity, alignment: 16)
        // More than stored blocks and the marks around them take.
        output = .allocate(byteCount: Self.capacity + Self.capacity / 16 + 1024, alignment: 16)
    }

    deinit {
        input.deallocate()
        output.deallocate()
    }

    var isFull: Bool { count == Self.capacity }
    private var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: input[Self.window...].prefix(count)) }
    /// What came out.
    var result: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: output[..<resultCount]) }

    /// Begins anew, after the end of another block.
    func restart(after previous: DeflateBlock?) {
        dictionaryCount = min(Self.window, previous?.count ?? 0)
        count = 0
        guard let previous else { return }
        let end = UnsafeRawBufferPointer(rebasing: previous.bytes.suffix(dictionaryCount))
        UnsafeMutableRawBufferPointer(rebasing: input[..<Self.window].suffix(dictionaryCount)).copyMemory(from: end)
    }

    /// Takes what there is room for, and says how much.
    func fill(_ bytes: UnsafeRawBufferPointer) -> Int {
        let part = bytes.prefix(Self.capacity - count)
        let room = UnsafeMutableRawBufferPointer(rebasing: input[(Self.window + count)...])
        room.copyMemory(from: UnsafeRawBufferPointer(rebasing: part))
        count += part.count
        return part.count
    }

    /// Compresses the bytes to deflate blocks that end at a byte; the last ones end the stream.
    func compress(level: Int32, isLast: Bool) {
        checksum = crc32_z(0, bytes.bindMemory(to: UInt8.self).baseAddress, count)
        do throws(CompressionError) {
            // Less than a tenth is not worth the time, neither here nor where it is unpacked.
            let isWorthwhile = isSmall ? true : try sampleShrinks()
            let dictionary = UnsafeRawBufferPointer(rebasing: input[..<Self.window].suffix(dictionaryCount))
            resultCount = try Self.deflate(
                bytes,
                after: dictionary,
                level: isWorthwhile ? level : 0,
                isLast ? Z_FINISH : Z_SYNC_FLUSH,
                into: output
            )
        } catch {
            self.error = error
        }
    }

    private var isSmall: Bool { count < 4 * Self.sampleSize }
    private static let sampleSize = 1 << 14

    /// Whether four samples of the bytes, compressed as fast as can be, lose a tenth of their size.
    private func sampleShrinks() throws(CompressionError) -> Bool {
        var sum = 0
        for index in 0..<4 {
            let start = (count - Self.sampleSize) / 3 * index
            let sample = UnsafeRawBufferPointer(rebasing: bytes[start..<(start + Self.sampleSize)])
            sum += try Self.deflate(sample, after: .init(start: nil, count: 0), level: 1, Z_SYNC_FLUSH, into: output)
        }
        return sum < 4 * Self.sampleSize / 10 * 9
    }

    private static func deflate(
        _ bytes: UnsafeRawBufferPointer,
        after dictionary: UnsafeRawBufferPointer,
        level: Int32,
        _ flush: Int32,
        into output: UnsafeMutableRawBufferPointer
    ) throws(CompressionError) -> Int {
        let stream = try DeflateStream(
            start: { czlib_deflate_init($0, level, CompressionFormat.raw.windowBits) },
            end: { deflateEnd($0) }
        )
        if !dictionary.isEmpty {
            let start = dictionary.bindMemory(to: UInt8.self).baseAddress
            guard deflateSetDictionary(stream.pointer, start, UInt32(dictionary.count)) == Z_OK else { throw .damaged }
        }
        stream.setInput(bytes)
        stream.setOutput(output)
        let code = CZlib.deflate(stream.pointer, flush)
        guard code == (flush == Z_FINISH ? Z_STREAM_END : Z_OK), stream.remainingOutput > 0 else { throw .damaged }
        return output.count - stream.remainingOutput
    }
}
