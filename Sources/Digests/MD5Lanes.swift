import CDigests

/// Several MD5 computations over streams that go on side by side, as fast together as one alone.
///
/// For one thread.
package final class MD5Lanes {
    private let contexts: UnsafeMutableBufferPointer<apus_md5_context>
    private var chosen: [UnsafeMutablePointer<apus_md5_context>?] = []
    private var data: [UnsafePointer<UInt8>?] = []
    private var lengths: [Int] = []

    /// The number of lanes that keep a processor busy.
    package static let preferredCount = 16

    package init(count: Int) {
        contexts = .allocate(capacity: count)
        contexts.initialize(repeating: apus_md5_context())
        for lane in 0..<count { start(lane) }
    }

    deinit { contexts.deallocate() }

    /// Begins a new message.
    package func start(_ lane: Int) { apus_md5_init(&contexts[lane]) }

    /// Notes the next bytes of a lane's message; they must stay where they are until ``update()``.
    package func append(_ bytes: UnsafeRawBufferPointer, to lane: Int) {
        chosen.append(contexts.baseAddress.map { $0 + lane })
        data.append(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
        lengths.append(bytes.count)
    }

    /// Hashes what was noted, at most one piece a lane.
    package func update() {
        chosen.withUnsafeBufferPointer { chosen in
            apus_md5_update_many(chosen.baseAddress, data, lengths, chosen.count)
        }
        chosen.removeAll(keepingCapacity: true)
        data.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
    }

    /// The checksum of a lane's message.
    package func finalize(_ lane: Int) -> MD5Digest {
        withUnsafeTemporaryAllocation(byteCount: 16, alignment: 8) { bytes in
            var copy = contexts[lane]
            apus_md5_final(&copy, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
            return MD5Digest(bytes: bytes) ?? MD5Digest(high: 0, low: 0)
        }
    }
}
