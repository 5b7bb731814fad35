import CDigests

/// MD5 (RFC 1321) over whole buffers.
package enum MD5 {
    /// The checksum of the bytes.
    package static func hash(_ bytes: UnsafeRawBufferPointer) -> MD5Digest {
        var hasher = MD5Hasher()
        hasher.update(bytes)
        return hasher.finalize()
    }

    /// The checksum of the bytes.
    package static func hash(_ bytes: some Sequence<UInt8>) -> MD5Digest {
        bytes.withContiguousStorageIfAvailable { hash(UnsafeRawBufferPointer($0)) }
            ?? Array(bytes).withUnsafeBytes { hash($0) }
    }

    /// The checksums of many buffers, up to 16 computed at a time where the processor can.
    ///
    /// It pays from three buffers on. An empty buffer may have any address.
    package static func hashBatch(_ buffers: [UnsafeRawBufferPointer]) -> [MD5Digest] {
        let pointers = buffers.map { $0.baseAddress?.assumingMemoryBound(to: UInt8.self) }
        let lengths = buffers.map(\.count)
        return [MD5Digest](unsafeUninitializedCapacity: buffers.count) { digests, count in
            if let base = digests.baseAddress {
                hashBatch(pointers, lengths, into: base)
            }
            count = buffers.count
        }
    }

    /// As ``hashBatch(_:)`` without an allocation; `digests` receives one value a buffer.
    package static func hashBatch(
        _ pointers: UnsafePointer<UnsafePointer<UInt8>?>,
        _ lengths: UnsafePointer<Int>,
        count: Int,
        into digests: UnsafeMutablePointer<MD5Digest>
    ) {
        lengths.withMemoryRebound(to: Int.self, capacity: count) { lengths in
            apus_md5_batch(pointers, lengths, count, digests)
        }
        for index in 0..<count { digests[index] = MD5Digest(loading: digests + index) }
    }

    /// Chooses how batches are computed: 0 the best the processor has, 1 one at a time, 2 to 4 ever wider vectors.
    ///
    /// For tests and measurements; any choice gives the same checksums.
    package static func selectKernel(_ number: Int) {
        _ = apus_md5_select_kernel(Int32(clamping: number))
    }

    private static func hashBatch(
        _ pointers: [UnsafePointer<UInt8>?],
        _ lengths: [Int],
        into digests: UnsafeMutablePointer<MD5Digest>
    ) {
        pointers.withUnsafeBufferPointer { pointers in
            lengths.withUnsafeBufferPointer { lengths in
                guard let first = pointers.baseAddress, let length = lengths.baseAddress else { return }
                hashBatch(first, length, count: pointers.count, into: digests)
            }
        }
    }
}
