import Basics
import Digests
import Glibc

/// Blobs in a folder by their digests, as `blobs/sha256/…` of a layout.
package struct BlobStore: Sendable {
    /// The folder that has the folder `blobs`.
    package let root: String
    private var folder: String { Paths.join(root, "blobs/sha256") }

    package init(_ root: String) {
        self.root = root
    }

    package func path(_ digest: ContentDigest) -> String { Paths.join(folder, digest.hex) }

    /// Whether a file of the right size is there under the digest; links do not count.
    package func contains(_ descriptor: Descriptor) throws(ImageError) -> Bool {
        try size(descriptor.digest) == descriptor.size
    }

    package func size(_ digest: ContentDigest) throws(ImageError) -> Int? {
        let path = path(digest)
        let status = try mappingFileErrors { () throws(FileError) in try Files.status(path) }
        return status?.kind == .regular ? status?.size : nil
    }

    /// Begins a blob whose digest is not known yet.
    package func writer() throws(ImageError) -> BlobWriter { try BlobWriter(folder) }

    /// Stores bytes.
    @discardableResult
    package func add(_ bytes: [UInt8], mediaType: String) throws(ImageError) -> Descriptor {
        let descriptor = Descriptor(mediaType: mediaType, of: bytes)
        if try contains(descriptor) { return descriptor }
        let writer = try writer()
        try writer.write(bytes)
        try writer.finish(as: descriptor)
        return descriptor
    }

    /// The bytes of a small blob, checked.
    package func read(_ descriptor: Descriptor, limit: Int) throws(ImageError) -> [UInt8] {
        guard descriptor.size <= limit else { throw .tooLarge("\(descriptor.digest)", limit: limit) }
        guard let size = try size(descriptor.digest) else {
            throw .missing("blob \(descriptor.digest) in '\(root)'")
        }
        guard size == descriptor.size else { throw .wrongSize(descriptor.digest, expected: descriptor.size) }
        let path = path(descriptor.digest)
        let bytes = try mappingFileErrors { () throws(FileError) in try Files.read(path) }
        let digest = ContentDigest(of: bytes)
        guard digest == descriptor.digest else { throw .mismatch(descriptor.digest, got: digest) }
        return bytes
    }

    /// Checks that a blob's bytes are what its digest says.
    package func verify(_ descriptor: Descriptor) throws(ImageError) {
        var hasher = SHA256()
        try scan(descriptor) { hasher.update($0) }
        let digest = ContentDigest(hasher)
        guard digest == descriptor.digest else { throw .mismatch(descriptor.digest, got: digest) }
    }

    /// Copies a blob from another store, checked on the way.
    package func copy(_ descriptor: Descriptor, from other: BlobStore) throws(ImageError) {
        if try contains(descriptor) { return }
        let writer = try writer()
        try other.scan(descriptor) { bytes throws(ImageError) in try writer.write(bytes) }
        try writer.finish(as: descriptor)
    }

    private func scan(
        _ descriptor: Descriptor,
        _ consume: (UnsafeRawBufferPointer) throws(ImageError) -> Void
    ) throws(ImageError) {
        let path = path(descriptor.digest)
        guard let size = try size(descriptor.digest) else {
            throw .missing("blob \(descriptor.digest) in '\(root)'")
        }
        guard size == descriptor.size else { throw .wrongSize(descriptor.digest, expected: descriptor.size) }
        let file = try mappingFileErrors { () throws(FileError) in
            try Files.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        }
        defer { _ = close(file) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = Glibc.read(file, buffer.baseAddress, buffer.count)
            if count == 0 { return }
            if count < 0, errno != EINTR { throw .file(FileError("read", path)) }
            if count > 0 { try consume(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
        }
    }
}
