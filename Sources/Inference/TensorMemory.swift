/// The memory of a tensor's numbers: little-endian, row-major, aligned to a cache line when made here.
///
/// Who makes it fills it before anyone else sees it; from then on nobody writes.
package final class TensorMemory: @unchecked Sendable {
    // Safe to share: written only before it is handed on, as said above.
    package let bytes: UnsafeMutableRawBufferPointer
    private let release: (@Sendable () -> Void)?

    /// New memory whose content is not set yet.
    package init(byteCount: Int) {
        bytes = .allocate(byteCount: max(1, byteCount), alignment: 64)
        release = nil
    }

    /// Memory of somebody else, who gets it back by `release`.
    package init(borrowing bytes: UnsafeMutableRawBufferPointer, release: @escaping @Sendable () -> Void) {
        self.bytes = bytes
        self.release = release
    }

    deinit {
        if let release { release() } else { bytes.deallocate() }
    }
}
