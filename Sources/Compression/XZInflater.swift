import CLZMA

/// Decompresses a file of xz piece by piece and never gives out more than its limit.
///
/// Not for several threads at once.
package final class XZInflater {
    private let stream: XZStream
    private let limit: Int
    private var produced = 0
    private var hasEnded = false

    /// A decompressor that gives out `limit` bytes at most and takes no more memory for itself than `memory` bytes; a
    /// file of the strongest usual kind needs 65 MiB.
    package init(limit: Int, memory: UInt64 = 256 << 20) throws(CompressionError) {
        self.limit = limit
        stream = try XZStream { lzma_stream_decoder($0, memory, clzma_concatenated) }
    }

    /// Decompresses bytes and hands on what comes out, in pieces that are valid during the call only.
    package func inflate(
        _ bytes: UnsafeRawBufferPointer,
        into consume: (UnsafeRawBufferPointer) throws(CompressionError) -> Void
    ) throws(CompressionError) {
        if bytes.isEmpty { return }
        if hasEnded { throw .damaged }
        hasEnded = try run(bytes, LZMA_RUN, into: consume)
    }

    /// Hands on what is left and checks that the stream has come to its end.
    package func finish(
        into consume: (UnsafeRawBufferPointer) throws(CompressionError) -> Void
    ) throws(CompressionError) {
        if !hasEnded { hasEnded = try run(UnsafeRawBufferPointer(start: nil, count: 0), LZMA_FINISH, into: consume) }
        if !hasEnded { throw .truncated }
    }

    private func run(
        _ bytes: UnsafeRawBufferPointer,
        _ action: lzma_action,
        into consume: (UnsafeRawBufferPointer) throws(CompressionError) -> Void
    ) throws(CompressionError) -> Bool {
        try stream.run(bytes, action) { piece throws(CompressionError) in
            guard piece.count <= limit - produced else { throw .tooLarge(limit: limit) }
            produced += piece.count
            try consume(piece)
        }
    }
}
