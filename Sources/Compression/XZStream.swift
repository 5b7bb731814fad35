import CLZMA

/// liblzma's state at an address that stays, with a place for what comes out.
final class XZStream {
    private let pointer: UnsafeMutablePointer<lzma_stream>
    private let piece: UnsafeMutableRawBufferPointer

    init(start: (UnsafeMutablePointer<lzma_stream>) -> lzma_ret) throws(CompressionError) {
        pointer = .allocate(capacity: 1)
        pointer.initialize(to: lzma_stream())
        piece = .allocate(byteCount: pieceSize, alignment: 16)
        guard start(pointer) == LZMA_OK else { throw .outOfMemory }
    }

    deinit {
        lzma_end(pointer)
        pointer.deallocate()
        piece.deallocate()
    }

    /// Runs until the bytes are used up and nothing more comes out of them, or the stream ends; true for its end.
    func run(
        _ bytes: UnsafeRawBufferPointer,
        _ action: lzma_action,
        into consume: (UnsafeRawBufferPointer) throws(CompressionError) -> Void
    ) throws(CompressionError) -> Bool {
        pointer.pointee.next_in = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        pointer.pointee.avail_in = bytes.count
        while true {
            pointer.pointee.next_out = piece.baseAddress?.assumingMemoryBound(to: UInt8.self)
            pointer.pointee.avail_out = piece.count
            let code = lzma_code(pointer, action)
            let count = piece.count - pointer.pointee.avail_out
            if count > 0 { try consume(UnsafeRawBufferPointer(rebasing: piece[..<count])) }
            switch code {
            case LZMA_STREAM_END: return true
            case LZMA_OK where action == LZMA_FINISH: break
            case LZMA_OK: if pointer.pointee.avail_in == 0, count < piece.count { return false }
            case LZMA_BUF_ERROR:
                if action == LZMA_FINISH { throw .truncated }
                return false
            case LZMA_MEM_ERROR, LZMA_MEMLIMIT_ERROR: throw .outOfMemory
            default: throw .damaged
            }
        }
    }
}
