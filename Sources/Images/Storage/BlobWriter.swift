import Basics
import Digests
import Glibc

/// A blob on its way into a store: a nameless file until its digest is known to be right.
///
/// For one task or thread at a time.
package final class BlobWriter: @unchecked Sendable {
    private let folder: String
    private let path: String
    private let descriptor: Int32
    private let note: Int32
    private var hasher = SHA256()
    private var isNamed = true
    /// The bytes so far.
    package private(set) var count = 0

    init(_ folder: String) throws(ImageError) {
        self.folder = folder
        path = Paths.join(folder, TemporaryNames.next())
        let path = path
        descriptor = try mappingFileErrors { () throws(FileError) in
            try Files.makeDirectories(folder)
            return try Files.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC)
        }
        note = Temporaries.note(path)
    }

    deinit {
        if isNamed { unlink(path) }
        _ = close(descriptor)
        Temporaries.forget(note)
    }

    package func write(_ bytes: UnsafeRawBufferPointer) throws(ImageError) {
        var offset = 0
        while offset < bytes.count {
            let written = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
            if written >= 0 {
                offset += written
            } else if errno != EINTR {
                throw .file(FileError("write", path))
            }
        }
        hasher.update(bytes)
        count += bytes.count
    }

    package func write(_ bytes: [UInt8]) throws(ImageError) {
        let result = bytes.withUnsafeBytes { buffer in
            Result { () throws(ImageError) in try write(buffer) }
        }
        try result.get()
    }

    /// Forgets what was written.
    func restart() throws(ImageError) {
        if ftruncate(descriptor, 0) != 0 || lseek(descriptor, 0, SEEK_SET) != 0 {
            throw .file(FileError("truncate", path))
        }
        hasher = SHA256()
        count = 0
    }

    /// Gives the blob its name, if it is the one that was announced.
    package func finish(as expected: Descriptor) throws(ImageError) {
        guard count == expected.size else { throw .wrongSize(expected.digest, expected: expected.size) }
        let digest = ContentDigest(hasher)
        guard digest == expected.digest else { throw .mismatch(expected.digest, got: digest) }
        try name(digest)
    }

    /// Gives the blob the name of its digest.
    package func finish(mediaType: String) throws(ImageError) -> Descriptor {
        let digest = ContentDigest(hasher)
        try name(digest)
        return Descriptor(mediaType: mediaType, digest: digest, size: count)
    }

    private func name(_ digest: ContentDigest) throws(ImageError) {
        let target = Paths.join(folder, digest.hex)
        let path = path
        try mappingFileErrors { () throws(FileError) in try Files.rename(path, to: target) }
        isNamed = false
    }
}
