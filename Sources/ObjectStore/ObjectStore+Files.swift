import Basics
import CSystemCalls
import Digests
import Glibc
import Synchronization

extension ObjectStore {
    /// Copies a file in as an object, sharing its blocks where the file systems can. The bytes are not checked.
    package func insert(fileAt path: String, as id: ObjectID) throws {
        let source = try Files.open(path, O_RDONLY | O_CLOEXEC)
        defer { _ = close(source) }
        var status = stat()
        if fstat(source, &status) != 0 { throw FileError("examine", path) }
        let object = try TemporaryObject(self, beside: id, isLarge: status.st_size > Intake.largeSize)
        if !mayClone.load(ordering: .relaxed) || apus_clone(source, object.descriptor) != 0 {
            mayClone.store(false, ordering: .relaxed)
            try FileContent.copy(source, to: object.descriptor, path: path)
        }
        try object.commit(id)
    }

    /// Hands the bytes of an object to `sink` block by block; false when it is not there, or has the wrong ones.
    ///
    /// As everywhere an object of mode 0444 is trusted.
    package func read(_ id: ObjectID, _ sink: (UnsafeRawBufferPointer) throws -> Void) throws -> Bool {
        guard let source = try openVerified(id) else { return false }
        defer { _ = close(source) }
        let path = path(of: id)
        var status = stat()
        if fstat(source, &status) != 0 { throw FileError("examine", path) }
        let size = min(FileContent.blockSize, max(Int(status.st_size) + 1, 1))
        if size == FileContent.blockSize { apus_read_ahead(source) }
        try withUnsafeTemporaryAllocation(byteCount: size, alignment: 16) { buffer in
            while true {
                let count = try FileContent.read(source, into: buffer, path: path)
                if count > 0 { try sink(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
                if count < buffer.count { return }
            }
        }
        return true
    }

    /// Opens an object for reading; nil when it is not there, or has the wrong bytes.
    func openVerified(_ id: ObjectID) throws -> Int32? {
        guard let folder = descriptor() else { return nil }
        for _ in 0..<2 {
            // Should it be a pipe, nobody is waited for.
            let flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
            let source = id.withRelativePath { apus_openat(folder, $0, flags, 0) }
            if source < 0 {
                if [ENOENT, ENOTDIR, ELOOP].contains(errno) { return nil }
                throw FileError("open", path(of: id))
            }
            var status = stat()
            if fstat(source, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o7777 == 0o444 {
                return source
            }
            _ = close(source)
            guard status.st_mode & S_IFMT == S_IFREG, try verify(id) else { return nil }
        }
        return nil
    }
}
