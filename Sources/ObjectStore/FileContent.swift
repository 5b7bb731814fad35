import Basics
import CSystemCalls
import Digests
import Glibc

/// Reading, hashing and writing of whole files.
enum FileContent {
    static let blockSize = 1 << 20

    /// The checksum of a file's content.
    static func hash(_ path: String, kind: HashKind) throws -> MD5Digest {
        let descriptor = try Files.open(path, O_RDONLY | O_CLOEXEC)
        defer { _ = close(descriptor) }
        return try hash(descriptor, kind: kind, path: path)
    }

    /// The checksum of what is left to read from a descriptor.
    static func hash(
        _ descriptor: Int32,
        kind: HashKind,
        path: @autoclosure () -> String,
        _ sink: (UnsafeRawBufferPointer) throws -> Void = { _ in }
    ) throws -> MD5Digest {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: blockSize, alignment: 4096)
        defer { buffer.deallocate() }
        var plain = MD5Hasher()
        var text = DOS2UnixHasher()
        while true {
            let count = try read(descriptor, into: buffer, path: path())
            if count == 0 { break }
            let block = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            if kind == .md5 { plain.update(block) } else { text.update(block) }
            try sink(block)
        }
        return kind == .md5 ? plain.finalize() : text.finalize()
    }

    /// Fills the buffer unless the file ends before; returns the bytes read, 0 only at the end.
    static func read(
        _ descriptor: Int32,
        into buffer: UnsafeMutableRawBufferPointer,
        path: @autoclosure () -> String
    ) throws(FileError) -> Int {
        var filled = 0
        while filled < buffer.count {
            let count = Glibc.read(descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
            if count == 0 { break }
            if count > 0 {
                filled += count
            } else if errno != EINTR {
                throw FileError("read", path())
            }
        }
        return filled
    }

    /// Reads once, which for a regular file gives all there is room for.
    static func readOnce(
        _ descriptor: Int32,
        into buffer: UnsafeMutableRawBufferPointer,
        path: @autoclosure () -> String
    ) throws(FileError) -> Int {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            if errno != EINTR { throw FileError("read", path()) }
        }
    }

    /// Copies a file, open at its start, to another, inside the kernel where it can.
    static func copy(_ source: Int32, to target: Int32, path: @autoclosure () -> String) throws(FileError) {
        let limit = 1 << 30
        if try copySmall(source, to: target, path: path()) { return }
        var copied = apus_copy_range(source, target, limit)
        if copied > 0 {
            repeat { copied = apus_copy_range(source, target, limit) } while copied > 0
            if copied < 0 { throw FileError("copy", path()) }
            return
        }
        if copied < 0, ![EXDEV, EINVAL, ENOSYS, EOPNOTSUPP, EBADF].contains(errno) { throw FileError("copy", path()) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: blockSize, alignment: 4096)
        defer { buffer.deallocate() }
        while true {
            let count = try read(source, into: buffer, path: path())
            if count == 0 { return }
            try write(UnsafeRawBufferPointer(rebasing: buffer[..<count]), to: target, path: path())
        }
    }

    /// Copies a file of at most 32 KiB by reading and writing, which is cheaper then; false for a larger one.
    private static func copySmall(
        _ source: Int32,
        to target: Int32,
        path: @autoclosure () -> String
    ) throws(FileError) -> Bool {
        var failure: FileError?
        let isSmall = withUnsafeTemporaryAllocation(byteCount: 32_768 + 1, alignment: 16) { buffer in
            let count = pread(source, buffer.baseAddress, buffer.count, 0)
            if count < 0 || count == buffer.count { return false }
            do throws(FileError) {
                try write(UnsafeRawBufferPointer(rebasing: buffer[..<count]), to: target, path: path())
            } catch {
                failure = error
            }
            return true
        }
        if let failure { throw failure }
        return isSmall
    }

    /// Writes all bytes.
    static func write(
        _ bytes: UnsafeRawBufferPointer,
        to descriptor: Int32,
        path: @autoclosure () -> String
    ) throws(FileError) {
        var offset = 0
        while offset < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
            if count >= 0 {
                offset += count
            } else if errno != EINTR {
                throw FileError("write", path())
            }
        }
    }
}
