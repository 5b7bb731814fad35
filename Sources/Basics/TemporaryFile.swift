import Glibc

/// A new file beside the one it will replace.
///
/// Its name belongs to that file, so that at most one is left however often processes die, and the next goes over it.
/// Processes that replace the same file wait for each other.
struct TemporaryFile: ~Copyable {
    let path: String
    let descriptor: Int32
    private let note: Int32
    private var isNamed = true

    /// Makes the empty file.
    init(beside target: String) throws(FileError) {
        path = TemporaryNames.beside(target)
        for _ in 0..<1000 {
            if let descriptor = try Self.make(path) {
                self.descriptor = descriptor
                note = Temporaries.note(path)
                return
            }
            try Self.removeLeftover(path)
        }
        throw FileError("create", path, code: EEXIST)
    }

    deinit {
        // In this order, or another process could take the name of a file that is not locked for its own.
        if isNamed { unlink(path) }
        _ = close(descriptor)
        Temporaries.forget(note)
    }

    /// Gives the file the name of the one it replaces.
    mutating func rename(to target: String) throws(FileError) {
        if Glibc.rename(path, target) != 0 { throw FileError("replace", target) }
        isNamed = false
    }

    /// A new, locked file; nil when there is one, or another process took it for a leftover before it was locked.
    private static func make(_ path: String) throws(FileError) -> Int32? {
        let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        if descriptor < 0 {
            if errno == EEXIST { return nil }
            throw FileError("create", path)
        }
        _ = flock(descriptor, LOCK_EX)
        if isAt(path, descriptor) { return descriptor }
        _ = close(descriptor)
        return nil
    }

    /// Removes the file, after the process that writes it, if one does, has let it go.
    private static func removeLeftover(_ path: String) throws(FileError) {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        if descriptor < 0 {
            if errno != ENOENT, unlink(path) != 0, errno != ENOENT { throw FileError("remove", path) }
            return
        }
        defer { _ = close(descriptor) }
        _ = flock(descriptor, LOCK_EX)
        if isAt(path, descriptor), unlink(path) != 0, errno != ENOENT { throw FileError("remove", path) }
    }

    private static func isAt(_ path: String, _ descriptor: Int32) -> Bool {
        var open = stat()
        var named = stat()
        return fstat(descriptor, &open) == 0 && lstat(path, &named) == 0 && open.st_ino == named.st_ino
            && open.st_dev == named.st_dev
    }
}
