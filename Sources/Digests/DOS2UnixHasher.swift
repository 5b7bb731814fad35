import CDigests

/// The checksum of DVC 2: MD5 with CR LF made LF, decided anew for each MiB whose first 512 bytes look like text.
package struct DOS2UnixHasher: Sendable {
    /// The bytes DVC 2 looks at as one piece; a line end cut by that border stays as it is.
    package static let chunkSize = 1 << 20

    private var hasher = MD5Hasher()
    private var pending: [UInt8] = []

    package init() {}

    /// Appends bytes to the message.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        while !rest.isEmpty {
            if pending.isEmpty, rest.count >= Self.chunkSize {
                Self.append(UnsafeRawBufferPointer(rebasing: rest.prefix(Self.chunkSize)), to: &hasher)
                rest = rest.dropFirst(Self.chunkSize)
                continue
            }
            let taken = rest.prefix(Self.chunkSize - pending.count)
            pending.append(contentsOf: taken)
            rest = rest.dropFirst(taken.count)
            if pending.count == Self.chunkSize {
                pending.withUnsafeBytes { Self.append($0, to: &hasher) }
                pending.removeAll(keepingCapacity: true)
            }
        }
    }

    /// The checksum of all bytes so far; the hasher may go on.
    package func finalize() -> MD5Digest {
        var copy = hasher
        pending.withUnsafeBytes { Self.append($0, to: &copy) }
        return copy.finalize()
    }

    /// The checksum of the bytes.
    package static func hash(_ bytes: [UInt8]) -> MD5Digest {
        var hasher = DOS2UnixHasher()
        bytes.withUnsafeBytes { hasher.update($0) }
        return hasher.finalize()
    }

    private static func append(_ chunk: UnsafeRawBufferPointer, to hasher: inout MD5Hasher) {
        let base = chunk.baseAddress?.assumingMemoryBound(to: UInt8.self)
        guard chunk.count > 0, apus_is_text(base, chunk.count) != 0 else { return hasher.update(chunk) }
        let converted = [UInt8](unsafeUninitializedCapacity: chunk.count) { buffer, count in
            count = apus_dos2unix(base, chunk.count, buffer.baseAddress)
        }
        hasher.update(converted)
    }
}
