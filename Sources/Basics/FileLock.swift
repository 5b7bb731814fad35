import Glibc

/// An exclusive `flock` on a file, held until ``release()`` or the end of the process.
package final class FileLock: Sendable {
    package let path: String
    private let descriptor: Int32

    private init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    /// Takes the lock if nobody holds it; nil otherwise. The file is made when missing and is never removed.
    package static func attempt(_ path: String) throws(FileError) -> FileLock? {
        let descriptor = try Files.open(path, O_RDWR | O_CREAT | O_CLOEXEC)
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            let code = errno
            _ = close(descriptor)
            if code == EWOULDBLOCK { return nil }
            throw FileError("lock", path, code: code)
        }
        return FileLock(path: path, descriptor: descriptor)
    }

    /// Waits for the lock, asking again every 10 ms at first and every 100 ms later.
    ///
    /// `waiting` is called once, when the lock was not free at the first try.
    package static func wait(_ path: String, waiting: () -> Void = {}) throws(FileError) -> FileLock {
        var pause: UInt32 = 10_000
        var isFirst = true
        while true {
            if let lock = try attempt(path) { return lock }
            if isFirst { waiting() }
            isFirst = false
            usleep(pause)
            pause = min(pause * 2, 100_000)
        }
    }

    /// The number of the process that wrote itself into the lock file; nil when none did.
    package static func holder(of path: String) -> Int? {
        guard let bytes = try? Files.readIfPresent(path) else { return nil }
        return Int(String(decoding: bytes.filter { $0 > 0x20 }, as: UTF8.self))
    }

    /// Replaces the file's content, for people and for tools that look who holds it.
    package func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = pwrite(descriptor, bytes, bytes.count, 0)
        // Never to nothing: ext4 waits for the disk when a file that was emptied is closed.
        _ = ftruncate(descriptor, bytes.count)
    }

    /// Gives the lock back.
    package func release() { _ = close(descriptor) }
}
