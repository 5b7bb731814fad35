import CLibdeflate

/// A part of a long stream that becomes a gzip member of its own.
///
/// For one thread at a time; ``BlockDeflater`` passes it from one to the next.
final class GzipBlock: @unchecked Sendable {
    /// How many bytes a block holds before they are compressed.
    static let capacity = 1 << 20

    private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 16)
    private let output: UnsafeMutableRawBufferPointer
    private let compressor: OpaquePointer
    /// Stores bytes as they are.
    private let storer: OpaquePointer
    private var count = 0
    private var resultCount = 0
    private(set) var error: CompressionError?

    /// `level` is libdeflate's, from 1 (fast) to 12 (small).
    init(level: Int32) throws(CompressionError) {
        guard let compressor = libdeflate_alloc_compressor(level), let storer = libdeflate_alloc_compressor(0) else {
            throw .outOfMemory
        }
        (self.compressor, self.storer) = (compressor, storer)
        let bound = libdeflate_gzip_compress_bound(compressor, Self.capacity)
        output = .allocate(byteCount: max(bound, libdeflate_gzip_compress_bound(storer, Self.capacity)), alignment: 16)
    }

    deinit {
        input.deallocate()
        output.deallocate()
        libdeflate_free_compressor(compressor)
        libdeflate_free_compressor(storer)
    }

    var isFull: Bool { count == Self.capacity }
    /// The member, once it is compressed.
    var result: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: output[..<resultCount]) }

    /// Makes room for other bytes.
    func restart() { count = 0 }

    /// Takes as many of the bytes as there is room for, and returns their number.
    func fill(_ bytes: UnsafeRawBufferPointer) -> Int {
        let part = UnsafeRawBufferPointer(rebasing: bytes.prefix(Self.capacity - count))
        UnsafeMutableRawBufferPointer(rebasing: input[count...]).copyMemory(from: part)
        count += part.count
        return part.count
    }

    /// Compresses the bytes to a gzip member.
    ///
    /// Bytes that would lose less than a tenth are stored: that little is not worth the time, neither here nor where
    /// they are unpacked.
    func compress() {
        resultCount = compress(input[..<count], samplesShrink() ? compressor : storer)
        if resultCount == 0 { error = .damaged }
    }

    private static let sampleSize = 1 << 14

    /// Whether four samples of the bytes lose a tenth of their size; true of a few bytes in any case.
    private func samplesShrink() -> Bool {
        if count < 4 * Self.sampleSize { return true }
        let sizes = (0..<4).map { index in
            let start = (count - Self.sampleSize) / 3 * index
            return compress(input[start..<(start + Self.sampleSize)], compressor)
        }
        return sizes.reduce(0, +) < 4 * Self.sampleSize / 10 * 9
    }

    private func compress(_ bytes: Slice<UnsafeMutableRawBufferPointer>, _ compressor: OpaquePointer) -> Int {
        let bytes = UnsafeRawBufferPointer(rebasing: bytes)
        return libdeflate_gzip_compress(compressor, bytes.baseAddress, bytes.count, output.baseAddress, output.count)
    }
}
