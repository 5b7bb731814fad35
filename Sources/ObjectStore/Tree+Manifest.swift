package import Digests

extension Tree {
    /// The bytes of the directory's object, exactly as DVC writes them.
    package var manifest: [UInt8] { ManifestWriter(storage).bytes() }

    /// Hands the bytes of the directory's object to `sink` block by block.
    package func writeManifest(_ sink: ([UInt8]) throws -> Void) rethrows {
        try ManifestWriter(storage).write(sink)
    }

    /// Parses a directory's object; entries may be in any order, and keys other than `md5` and `relpath` are passed by.
    ///
    /// `id` is the name under which the bytes were found; without it, it is computed from them.
    package init(manifest: [UInt8], id: ObjectID? = nil) throws(ManifestError) {
        var reader = ManifestReader(manifest)
        let builder = try reader.read()
        self = try builder.finishUnsorted(id: id ?? ObjectID(digest: MD5.hash(manifest), isTree: true))
    }

    /// Makes a tree of paths, checksums and sizes in any order.
    package init(_ files: [(path: String, digest: MD5Digest, size: Int?)]) throws(ManifestError) {
        var builder = TreeBuilder(fileCount: files.count, hasSizes: true)
        for (entry, file) in files.enumerated() {
            var path = file.path
            let isSafe = path.withUTF8 { bytes in
                builder.append(bytes, digest: file.digest, size: file.size)
                return PathBytes.isSafe(bytes)
            }
            if !isSafe { throw ManifestError(reason: .unsafePath, entry: entry, path: file.path) }
        }
        self = try builder.finishUnsorted()
    }
}
