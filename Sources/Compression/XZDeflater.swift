import CLZMA

/// Compresses a stream to a file of xz piece by piece, on one thread; the same bytes in give the same bytes out.
package final class XZDeflater {
    private let stream: XZStream

    /// A compressor of a level from 0 (fast) to 9 (small, and hungry for memory).
    package init(level: Int = 6) throws(CompressionError) {
        stream = try XZStream { lzma_easy_encoder($0, UInt32(max(0, min(9, level))), LZMA_CHECK_CRC64) }
    }

    /// Compresses bytes and hands on what comes out, in pieces that are valid during the call only.
    package func deflate(
        _ bytes: UnsafeRawBufferPointer,
        into consume: (UnsafeRawBufferPointer) throws(CompressionError) -> Void
    ) throws(CompressionError) {
        if !bytes.isEmpty { _ = try stream.run(bytes, LZMA_RUN, into: consume) }
    }

    /// Ends the stream and hands on what is left; nothing may follow.
    package func finish(
        into consume: (UnsafeRawBufferPointer) throws(CompressionError) -> Void
    ) throws(CompressionError) {
        _ = try stream.run(UnsafeRawBufferPointer(start: nil, count: 0), LZMA_FINISH, into: consume)
    }
}
