package import Digests

extension Tree {
    /// The files below a directory of the tree, with paths relative to it; nil when there are none.
    package func subtree(_ directory: String) -> Tree? {
        let range = range(below: directory)
        if range.isEmpty { return nil }
        if range == 0..<count { if directory.isEmpty { return self } }
        let prefix = directory.utf8.count + 1
        var builder = TreeBuilder(fileCount: range.count, hasSizes: storage.sizes != nil)
        for index in range {
            withPath(at: index) {
                builder.append(
                    UnsafeBufferPointer(rebasing: $0.dropFirst(prefix)),
                    digest: digest(at: index),
                    size: size(at: index)
                )
            }
        }
        return builder.finish()
    }

    /// The tree without the file, or the files below the directory, at this path.
    package func removing(_ path: String) -> Tree {
        var builder = TreeBuilder(fileCount: count, pathBytes: pathBytesCount, hasSizes: storage.sizes != nil)
        appendAll(except: path, to: &builder)
        return builder.finish()
    }

    /// The tree with the directory at this path replaced by another tree.
    package func replacing(_ directory: String, with other: Tree) throws(ManifestError) -> Tree {
        if directory.isEmpty { return other }
        var builder = TreeBuilder(fileCount: count + other.count, hasSizes: storage.sizes != nil)
        appendAll(except: directory, to: &builder)
        try Self.append(other, below: directory, to: &builder)
        return try builder.finishUnsorted()
    }

    /// The tree with one file added or replaced; a directory at its path goes.
    package func replacing(_ path: String, with digest: MD5Digest, size: Int?) throws(ManifestError) -> Tree {
        var builder = TreeBuilder(fileCount: count + 1, hasSizes: storage.sizes != nil)
        appendAll(except: path, to: &builder)
        var path = path
        let isSafe = path.withUTF8 { bytes in
            builder.append(bytes, digest: digest, size: size)
            return PathBytes.isSafe(bytes)
        }
        if !isSafe { throw ManifestError(reason: .unsafePath, entry: count, path: path) }
        return try builder.finishUnsorted()
    }

    /// The files of both; where both have a path, that of `other`.
    package func merging(_ other: Tree) throws(ManifestError) -> Tree {
        var builder = TreeBuilder(fileCount: count + other.count, hasSizes: storage.sizes != nil)
        var (left, right) = (0, 0)
        while left < count || right < other.count {
            let order = Tree.compare(self, left, other, right)
            if order < 0 {
                builder.append(self, left..<(left + 1))
            } else {
                builder.append(other, right..<(right + 1))
            }
            if order <= 0 { left += 1 }
            if order >= 0 { right += 1 }
        }
        return try builder.finishUnsorted()
    }

    private func appendAll(except path: String, to builder: inout TreeBuilder) {
        let file = index(of: path)
        let below = range(below: path)
        for index in 0..<count where index != file && !below.contains(index) {
            builder.append(self, index..<(index + 1))
        }
    }

    private static func append(
        _ other: Tree,
        below directory: String,
        to builder: inout TreeBuilder
    ) throws(ManifestError) {
        var directory = directory
        let isSafe = directory.withUTF8 { prefix in
            builder.append(other, 0..<other.count, prefix: prefix)
            return PathBytes.isSafe(prefix)
        }
        if !isSafe { throw ManifestError(reason: .unsafePath, entry: 0, path: directory) }
    }
}
