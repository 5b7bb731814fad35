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
        var head = Self.head
        for position in 0..<storage.digests.count {
            append(order?[position] ?? position, &head, isFirst: position == 0, to: &block)
            if block.count >= Self.blockSize {
                try sink(block)
                block.removeAll(keepingCapacity: true)
            }
        }
        block.append(UInt8(ascii: "]"))
        try sink(block)
    }

    /// What stands before each path, with room for the checksum; the first lacks the first two bytes.
    private static let head = Array(#", {"md5": "00000000000000000000000000000000", "relpath": ""#.utf8)
    private static let hexStart = 11
    private static let tail = Array(#""}"#.utf8)

    private func append(_ index: Int, _ head: inout [UInt8], isFirst: Bool, to block: inout [UInt8]) {
        let digest = storage.digests[index]
        head.withUnsafeMutableBufferPointer { head in
            guard let base = head.baseAddress else { return }
            digest.writeHex(to: base + Self.hexStart)
            let start = isFirst ? 2 : 0
            block.append(contentsOf: UnsafeBufferPointer(start: base + start, count: head.count - start))
        }
        storage.paths.withUnsafeBufferPointer { paths in
            let range = storage.offsets[index]..<storage.offsets[index + 1]
            JSONText.escape(UnsafeBufferPointer(rebasing: paths[range]), into: &block)
        }
        block.append(contentsOf: Self.tail)
    }
}
