package import Digests

/// The files of a directory: relative paths with the checksums of their contents, sorted by the bytes of the paths.
///
/// Paths are flat in memory. A path never leaves the directory, and none is both a file and a directory.
package struct Tree: Sendable {
    /// The arrays of a tree, shared by its copies.
    final class Storage: Sendable {
        let paths: [UInt8]
        /// Where each path starts, and at last where all end.
        let offsets: [Int]
        let digests: [MD5Digest]
        /// Sizes of the files; nil when they are not known.
        let sizes: [Int]?

        init(paths: [UInt8], offsets: [Int], digests: [MD5Digest], sizes: [Int]?) {
            self.paths = paths
            self.offsets = offsets
            self.digests = digests
            self.sizes = sizes
        }
    }

    let storage: Storage

    /// The name of the manifest: the checksum of its bytes.
    package let id: ObjectID

    /// The arrays must hold to the rules of the type; `id` is computed when it is not given.
    init(_ storage: Storage, id: ObjectID? = nil) {
        self.storage = storage
        self.id = id ?? ObjectID(digest: ManifestWriter(storage).digest(), isTree: true)
    }

    /// The tree without files.
    package static let empty = Tree(Storage(paths: [], offsets: [0], digests: [], sizes: []))

    /// The number of files.
    package var count: Int { storage.digests.count }

    /// The bytes of all files; nil when the sizes are not known, as in a tree read from its manifest.
    package var totalSize: Int? {
        storage.sizes.map { $0.reduce(0) { $0.addingReportingOverflow($1).partialValue } }
    }

    /// The bytes of all paths.
    package var pathBytesCount: Int { storage.paths.count }

    /// The relative path of a file. Bytes that are not UTF-8 come out as U+FFFD.
    package func path(at index: Int) -> String {
        withPath(at: index) { PathBytes.text($0) }
    }

    /// Calls `body` with the bytes of a file's relative path.
    package func withPath<Result>(
        at index: Int,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        let range = storage.offsets[index]..<storage.offsets[index + 1]
        return try storage.paths.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// The checksum of a file's content.
    package func digest(at index: Int) -> MD5Digest { storage.digests[index] }

    /// The size of a file; nil when it is not known.
    package func size(at index: Int) -> Int? { storage.sizes?[index] }

    /// The position of the file with this relative path.
    package func index(of path: String) -> Int? {
        var path = path
        return path.withUTF8 { index(ofBytes: $0) }
    }

    /// The position of the file with this relative path.
    package func index(ofBytes path: UnsafeBufferPointer<UInt8>) -> Int? {
        let position = lowerBound(path)
        guard position < count, withPath(at: position, { PathBytes.compare($0, path) == 0 }) else { return nil }
        return position
    }

    /// The position of the first file that does not sort before the path.
    func lowerBound(_ path: UnsafeBufferPointer<UInt8>) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if withPath(at: middle, { PathBytes.compare($0, path) < 0 }) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    /// The positions of the files below a directory of the tree; empty when there are none.
    package func range(below directory: String) -> Range<Int> {
        if directory.isEmpty { return 0..<count }
        var start = directory + "/"
        var end = directory + "0"
        let low = start.withUTF8 { lowerBound($0) }
        let high = end.withUTF8 { lowerBound($0) }
        return low..<high
    }
}

extension Tree: Hashable {
    package static func == (first: Tree, second: Tree) -> Bool { first.id == second.id }

    package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
