import CZlib

/// zlib's state at an address that stays, as zlib wants it.
final class DeflateStream {
    let pointer: UnsafeMutablePointer<z_stream>
    private let end: (UnsafeMutablePointer<z_stream>) -> Void

    init(
        start: (UnsafeMutablePointer<z_stream>) -> Int32,
        end: @escaping (UnsafeMutablePointer<z_stream>) -> Void
    ) throws(CompressionError) {
        pointer = .allocate(capacity: 1)
        pointer.initialize(to: z_stream())
        self.end = end
        guard start(pointer) == Z_OK else { throw .outOfMemory }
    }

    deinit {
        end(pointer)
        pointer.deallocate()
    }

    /// Sets the bytes to read; at most 4 GiB at a time.
    func setInput(_ bytes: UnsafeRawBufferPointer) {
        let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
        pointer.pointee.next_in = start?.assumingMemoryBound(to: UInt8.self)
        pointer.pointee.avail_in = UInt32(clamping: bytes.count)
    }

    /// Sets the room to write into.
    func setOutput(_ bytes: UnsafeMutableRawBufferPointer) {
        pointer.pointee.next_out = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        pointer.pointee.avail_out = UInt32(clamping: bytes.count)
    }

    var remainingInput: Int { Int(pointer.pointee.avail_in) }
    var remainingOutput: Int { Int(pointer.pointee.avail_out) }
}

/// Bytes that are given out at a time.
let pieceSize = 64 * 1024
