import CZlib

/// Compresses a stream piece by piece; the same bytes in give the same bytes out.
///
/// Not for several threads at once.
package final class Deflater {
    private let stream: DeflateStream
    private let piece: UnsafeMutableRawBufferPointer

    /// A compressor of a level from 1 (fast) to 9 (small).
    package init(_ format: CompressionFormat, level: Int = 6) throws(CompressionError) {
        let level = Int32(max(1, min(9, level)))
        stream = try DeflateStream(
            start: { czlib_deflate_init($0, level, format.windowBits) },
            end: { deflateEnd($0) }
        )
        piece = .allocate(byteCount: pieceSize, alignment: 16)
    }

    deinit { piece.deallocate() }

    /// Compresses bytes and hands on what comes out, in pieces that are valid during the call only.
    package func deflate(
        _ bytes: UnsafeRawBufferPointer,
        into consume: (UnsafeRawBufferPointer) throws(CompressionError) -> Void
    ) throws(CompressionError) {
        var rest = bytes
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(part.count))
            stream.setInput(part)
            try run(Z_NO_FLUSH, into: consume)
        }
    }

    /// Ends the stream and hands on what is left; nothing may follow.
    package func finish(
        into consume: (UnsafeRawBufferPointer) throws(CompressionError) -> Void
    ) throws(CompressionError) {
        stream.setInput(UnsafeRawBufferPointer(start: nil, count: 0))
        try run(Z_FINISH, into: consume)
    }

    private func run(
        _ flush: Int32,
        into consume: (UnsafeRawBufferPointer) throws(CompressionError) -> Void
    ) throws(CompressionError) {
        repeat {
            stream.setOutput(piece)
            let code = CZlib.deflate(stream.pointer, flush)
            guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else { throw .damaged }
            let count = piece.count - stream.remainingOutput
            if count > 0 { try consume(UnsafeRawBufferPointer(rebasing: piece[..<count])) }
        } while stream.remainingOutput == 0
    }
}
