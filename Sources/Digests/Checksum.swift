import CDigests

/// A fast 64-bit checksum that finds damage in private files; it resists no malice.
package enum Checksum {
    /// The checksum of the bytes.
    package static func of(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
        apus_checksum(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count, seed)
    }
}
