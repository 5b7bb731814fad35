import Digests
import Glibc

/// Gathers the arrays of a tree.
struct TreeBuilder {
    private(set) var paths: [UInt8] = []
    private(set) var offsets: [Int] = [0]
    private(set) var digests: [MD5Digest] = []
    private(set) var sizes: [Int]?

    init(fileCount: Int = 0, pathBytes: Int = 0, hasSizes: Bool) {
        paths.reserveCapacity(pathBytes)
        offsets.reserveCapacity(fileCount + 1)
        digests.reserveCapacity(fileCount)
        if hasSizes {
            sizes = []
            sizes?.reserveCapacity(fileCount)
        }
    }

    var count: Int { digests.count }

    /// Appends a file whose path is that of `prefix`, a slash and `name`; an empty prefix stands for none.
    mutating func append(
        prefix: UnsafeBufferPointer<UInt8>,
        name: UnsafeBufferPointer<UInt8>,
        digest: MD5Digest,
        size: Int?
    ) {
        if !prefix.isEmpty {
            paths.append(contentsOf: prefix)
            paths.append(PathBytes.slash)
        }
        append(name, digest: digest, size: size)
    }

    /// Appends a file.
    mutating func append(_ path: UnsafeBufferPointer<UInt8>, digest: MD5Digest, size: Int?) {
        paths.append(contentsOf: path)
        offsets.append(paths.count)
        digests.append(digest)
        if let size { sizes?.append(size) } else { sizes = nil }
    }

    /// Appends files of a tree as they are.
    mutating func append(_ tree: Tree, _ range: Range<Int>, prefix: UnsafeBufferPointer<UInt8>? = nil) {
        for index in range {
            tree.withPath(at: index) {
                append(
                    prefix: prefix ?? UnsafeBufferPointer(start: nil, count: 0),
                    name: $0,
                    digest: tree.digest(at: index),
                    size: tree.size(at: index)
                )
            }
        }
    }

    /// The tree of files that were appended in order and are known to be valid.
    consuming func finish(id: ObjectID? = nil) -> Tree {
        Tree(Tree.Storage(paths: paths, offsets: offsets, digests: digests, sizes: sizes), id: id)
    }

    /// The tree of files in any order; duplicates and files that are also directories are refused.
    consuming func finishUnsorted(id: ObjectID? = nil) throws(ManifestError) -> Tree {
        if try !isValid() {
            self = sorted()
            _ = try isValid()
        }
        return finish(id: id)
    }

    private func withPath<Result>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        paths.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[offsets[index]..<offsets[index + 1]])) }
    }

    private func compare(_ first: Int, _ second: Int) -> Int {
        withPath(first) { a in withPath(second) { b in PathBytes.compare(a, b) } }
    }

    private func sorted() -> TreeBuilder {
        var result = TreeBuilder(fileCount: count, pathBytes: paths.count, hasSizes: sizes != nil)
        for index in (0..<count).sorted(by: { compare($0, $1) < 0 }) {
            withPath(index) { result.append($0, digest: digests[index], size: sizes?[index]) }
        }
        return result
    }

    /// Refuses two entries of one path, and files that are a directory of another entry; false when they are not
    /// sorted, as far as which they are checked.
    private func isValid() throws(ManifestError) -> Bool {
        for index in stride(from: 1, to: count, by: 1) {
            let start = offsets[index]
            let (length, lengthBefore) = (offsets[index + 1] - start, start - offsets[index - 1])
            let shared = sharedBytes(offsets[index - 1], start, min(length, lengthBefore))
            if shared == length {
                if length == lengthBefore { throw error(.duplicatePath, index) }
                return false
            }
            if shared < lengthBefore, paths[start + shared] < paths[start - lengthBefore + shared] { return false }
            // Only directories not shared with the entry before can be new.
            try checkDirectories((start + shared)..<(start + length), of: index)
        }
        return true
    }

    /// Refuses an entry below a file; only slashes in `range` are looked at.
    private func checkDirectories(_ range: Range<Int>, of index: Int) throws(ManifestError) {
        var position = range.lowerBound
        while let slash = slash(in: position..<range.upperBound) {
            if isFile(offsets[index]..<slash, before: index) { throw error(.fileAndDirectory, index) }
            position = slash + 1
        }
    }

    private func slash(in range: Range<Int>) -> Int? {
        paths.withUnsafeBufferPointer { paths in
            guard let base = paths.baseAddress, let found = memchr(base + range.lowerBound, 0x2f, range.count) else {
                return nil
            }
            return UnsafeRawPointer(base).distance(to: found)
        }
    }

    private func sharedBytes(_ first: Int, _ second: Int, _ limit: Int) -> Int {
        paths.withUnsafeBufferPointer { paths in
            guard let base = paths.baseAddress else { return 0 }
            return ByteRuns.sharedLength(base + first, base + second, limit: limit)
        }
    }

    private func isFile(_ range: Range<Int>, before end: Int) -> Bool {
        var low = 0
        var high = end
        while low < high {
            let middle = (low + high) / 2
            let order = paths.withUnsafeBufferPointer { bytes in
                withPath(middle) { PathBytes.compare($0, UnsafeBufferPointer(rebasing: bytes[range])) }
            }
            if order == 0 { return true }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return false
    }

    private func error(_ reason: ManifestError.Reason, _ index: Int) -> ManifestError {
        ManifestError(reason: reason, entry: index, path: withPath(index) { PathBytes.text($0) })
    }
}
