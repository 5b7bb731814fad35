import CZlib

/// Decompresses a stream piece by piece and never gives out more than its limit.
///
/// Not for several threads at once.
package final class Inflater {
    private let stream: DeflateStream
    private let format: CompressionFormat
    private let limit: Int
    private let piece: UnsafeMutableRawBufferPointer
    private var produced = 0
    private var hasEnded = false

    /// A decompressor that gives out `limit` bytes at most.
    package init(_ format: CompressionFormat, limit: Int) throws(CompressionError) {
        self.format = format
        self.limit = limit
        stream = try DeflateStream(
            start: { czlib_inflate_init($0, format.windowBits) },
            end: { inflateEnd($0) }
        )
        piece = .allocate(byteCount: pieceSize, alignment: 16)
    }

    deinit { piece.deallocate() }

    /// Decompresses bytes and hands on what comes out, in pieces that are valid during the call only.
    ///
    /// Several gzip streams one after another are one, as for gunzip; other bytes after the end are damage.
    package func inflate(
        _ bytes: UnsafeRawBufferPointer,
        into consume: (UnsafeRawBufferPointer) throws(CompressionError) -> Void
    ) throws(CompressionError) {
        var rest = bytes
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(part.count))
            try inflatePart(part, into: consume)
        }
    }

    /// Checks that the stream has come to its end.
    package func finish() throws(CompressionError) {
        guard hasEnded else { throw .truncated }
    }

    private func inflatePart(
        _ bytes: UnsafeRawBufferPointer,
        into consume: (UnsafeRawBufferPointer) throws(CompressionError) -> Void
    ) throws(CompressionError) {
        stream.setInput(bytes)
        var isFull = false
        while stream.remainingInput > 0 || isFull {
            try startNext()
            stream.setOutput(piece)
            let code = CZlib.inflate(stream.pointer, Z_NO_FLUSH)
            let count = piece.count - stream.remainingOutput
            guard count <= limit - produced else { throw .tooLarge(limit: limit) }
            produced += count
            if count > 0 { try consume(UnsafeRawBufferPointer(rebasing: piece[..<count])) }
            isFull = stream.remainingOutput == 0 && code != Z_STREAM_END
            switch code {
            case Z_STREAM_END: hasEnded = true
            case Z_OK: break
            case Z_BUF_ERROR where stream.remainingInput == 0: isFull = false
            case Z_MEM_ERROR: throw .outOfMemory
            default: throw .damaged
            }
        }
    }

    private func startNext() throws(CompressionError) {
        guard hasEnded else { return }
        guard format == .gzip, inflateReset(stream.pointer) == Z_OK else { throw .damaged }
        hasEnded = false
    }
}
