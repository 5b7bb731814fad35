import CDigests

/// MD5 of data that arrives in pieces.
package struct MD5Hasher: Sendable {
    private var context = apus_md5_context()

    package init() {
        apus_md5_init(&context)
    }

    /// Appends bytes to the message.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        apus_md5_update(&context, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
    }

    /// Appends bytes to the message.
    package mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// The checksum of all bytes so far; the hasher may go on.
    package func finalize() -> MD5Digest {
        var copy = context
        var words: (UInt64, UInt64) = (0, 0)
        withUnsafeMutableBytes(of: &words) { bytes in
            apus_md5_final(&copy, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
        }
        return withUnsafeBytes(of: words) { MD5Digest(bytes: $0) ?? MD5Digest(high: 0, low: 0) }
    }
}
