import CZstd

/// Compresses a stream to a frame of Zstandard (RFC 8878) piece by piece, on one thread; the same bytes in give the same bytes out.
package final class ZstandardDeflater {
    private let context: OpaquePointer
    private let piece: UnsafeMutableRawBufferPointer

    /// What level 3 of the library stands for, all of it said, so that it does not depend on the length of the first piece.
    ///
    /// `CZstd` links this strategy alone.
    private static let parameters: [(ZSTD_cParameter, Int32)] = [
        (ZSTD_c_compressionLevel, 3), (ZSTD_c_strategy, Int32(ZSTD_dfast.rawValue)), (ZSTD_c_windowLog, 21),
        (ZSTD_c_hashLog, 17), (ZSTD_c_chainLog, 16), (ZSTD_c_searchLog, 1), (ZSTD_c_minMatch, 5),
        (ZSTD_c_contentSizeFlag, 0), (ZSTD_c_checksumFlag, 1),
    ]

    package init() throws(CompressionError) {
        guard let context = ZSTD_createCCtx() else { throw .outOfMemory }
        self.context = context
        piece = .allocate(byteCount: pieceSize, alignment: 16)
        for (parameter, value) in Self.parameters {
            if ZSTD_isError(ZSTD_CCtx_setParameter(context, parameter, value)) != 0 { throw .outOfMemory }
        }
    }

    deinit {
        ZSTD_freeCCtx(context)
        piece.deallocate()
    }

    /// Compresses bytes and hands on what comes out, in pieces that are valid during the call only.
    package func deflate(
        _ bytes: UnsafeRawBufferPointer,
        into consume: (UnsafeRawBufferPointer) throws(CompressionError) -> Void
    ) throws(CompressionError) {
        if !bytes.isEmpty { try run(bytes, ZSTD_e_continue, into: consume) }
    }

    /// Ends the frame and hands on what is left; nothing may follow.
    package func finish(
        into consume: (UnsafeRawBufferPointer) throws(CompressionError) -> Void
    ) throws(CompressionError) {
        try run(UnsafeRawBufferPointer(start: nil, count: 0), ZSTD_e_end, into: consume)
    }

    private func run(
        _ bytes: UnsafeRawBufferPointer,
        _ directive: ZSTD_EndDirective,
        into consume: (UnsafeRawBufferPointer) throws(CompressionError) -> Void
    ) throws(CompressionError) {
        var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
        while true {
            var output = ZSTD_outBuffer(dst: piece.baseAddress, size: piece.count, pos: 0)
            let left = ZSTD_compressStream2(context, &output, &input, directive)
            if ZSTD_isError(left) != 0 { throw .outOfMemory }
            if output.pos > 0 { try consume(UnsafeRawBufferPointer(rebasing: piece[..<output.pos])) }
            let isDone = directive == ZSTD_e_end ? left == 0 : input.pos == input.size
            if isDone { return }
        }
    }
}
