import Basics
import CSystemCalls
import Digests
import Glibc

extension ObjectStore {
    /// Copies a file in as an object, sharing its blocks where the file systems can. The bytes are not checked.
    package func insert(fileAt path: String, as id: ObjectID) throws {
        let source = try Files.open(path, O_RDONLY | O_CLOEXEC)
        defer { _ = close(source) }
        var status = stat()
        if fstat(source, &status) != 0 { throw FileError("examine", path) }
        let object = try TemporaryObject(self, beside: id, isLarge: status.st_size > Intake.largeSize)
        if apus_clone(source, object.descriptor) != 0 {
            try FileContent.copy(source, to: object.descriptor, path: path)
        }
        try object.commit(id)
    }

    /// Hands the bytes of an object to `sink` block by block.
    package func read(_ id: ObjectID, _ sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        let path = path(of: id)
        let source = try Files.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        defer { _ = close(source) }
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
    }
}
