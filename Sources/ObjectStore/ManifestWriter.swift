import Digests

/// Writes a directory's manifest as Python's `json.dumps(list, sort_keys=True)` does.
///
/// Entries are in the order of code points, which is that of UTF-8 bytes. Bytes that are no UTF-8 are escaped as the
/// lone surrogates U+DC80 to U+DCFF, as Python decodes such file names, and change the order.
struct ManifestWriter {
    private let storage: Tree.Storage
    private static let blockSize = 1 << 18

    init(_ storage: Tree.Storage) {
        self.storage = storage
    }

    /// The checksum of the manifest; never holds more than a block of it.
    func digest() -> MD5Digest {
        var hasher = MD5Hasher()
        write { hasher.update($0) }
        return hasher.finalize()
    }

    /// The whole manifest.
    func bytes() -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(storage.digests.count * 64 + storage.paths.count + 2)
        write { result += $0 }
        return result
    }

    /// Hands the manifest to `sink` in blocks.
    func write(_ sink: ([UInt8]) throws -> Void) rethrows {
        var block: [UInt8] = []
        block.reserveCapacity(Self.blockSize + (1 << 14))
        block.append(UInt8(ascii: "["))
        let order = storage.paths.allSatisfy { $0 < 0x80 } ? nil : CodePointOrder.permutation(of: storage)
        for position in 0..<storage.digests.count {
            if position > 0 { block.append(contentsOf: ", ".utf8) }
            append(order?[position] ?? position, to: &block)
            if block.count >= Self.blockSize {
                try sink(block)
                block.removeAll(keepingCapacity: true)
            }
        }
        block.append(UInt8(ascii: "]"))
        try sink(block)
    }

    private func append(_ index: Int, to block: inout [UInt8]) {
        block.append(contentsOf: #"{"md5": ""#.utf8)
        let digest = storage.digests[index]
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { hex in
            guard let base = hex.baseAddress else { return }
            digest.writeHex(to: base)
            block.append(contentsOf: UnsafeBufferPointer(hex))
        }
        block.append(contentsOf: #"", "relpath": ""#.utf8)
        storage.paths.withUnsafeBufferPointer { paths in
            let range = storage.offsets[index]..<storage.offsets[index + 1]
            JSONText.escape(UnsafeBufferPointer(rebasing: paths[range]), into: &block)
        }
        block.append(contentsOf: #""}"#.utf8)
    }
}
