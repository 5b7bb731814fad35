/// The memory of a tensor's numbers: little-endian, row-major, aligned to a cache line when made here.
///
/// Who makes it fills it before anyone else sees it; from then on nobody writes.
package final class TensorMemory: @unchecked Sendable {
    // Safe to share: written only before it is handed on, as said above.
    package let bytes: UnsafeMutableRawBufferPointer
    private let owner: Owner

    private enum Owner {
        case itself
        case object(any AnyObject & Sendable)
        case release(@Sendable () -> Void)
    }

    /// New memory whose content is not set yet.
    package init(byteCount: Int) {
        bytes = .allocate(byteCount: max(1, byteCount), alignment: 64)
        owner = .itself
    }

    /// Memory of somebody else, who gets it back by `release`.
    package init(borrowing bytes: UnsafeMutableRawBufferPointer, release: @escaping @Sendable () -> Void) {
        self.bytes = bytes
        owner = .release(release)
    }

    /// Memory that is there as long as `owner` lives.
    package init(_ bytes: UnsafeMutableRawBufferPointer, of owner: any AnyObject & Sendable) {
        self.bytes = bytes
        self.owner = .object(owner)
    }

    /// A part of other memory, which lives as long as this; the range is cut to what there is.
    package init(slice range: Range<Int>, of parent: TensorMemory) {
        bytes = UnsafeMutableRawBufferPointer(rebasing: parent.bytes[range.clamped(to: 0..<parent.bytes.count)])
        owner = .object(parent)
    }

    deinit {
        switch owner {
        case .itself: bytes.deallocate()
        case .release(let release): release()
        case .object: break
        }
    }
}
