import Basics
import Glibc

/// A file that lines are appended to and that makes way for a new one when it is full.
///
/// `log` becomes `log.1`, that `log.2` and so on; the oldest goes. One server writes to it.
struct RotatingFile: Sendable {
    private let path: String
    private let maxSize: Int
    private let maxFiles: Int
    private var descriptor: Int32
    /// Where the next line goes.
    private var size: Int

    init(_ path: String, maxSize: Int, maxFiles: Int) throws(FileError) {
        self.path = path
        self.maxSize = max(1, maxSize)
        self.maxFiles = max(1, maxFiles)
        let folder = Paths.parent(path)
        if !folder.isEmpty { try Files.makeDirectories(folder) }
        (descriptor, size) = try Self.open(path)
    }

    /// Whether the file can take so many bytes before it must make way.
    func hasRoom(_ count: Int) -> Bool { size + count <= maxSize }

    /// Appends whole lines, all or none of them.
    mutating func append(_ lines: [UInt8]) throws(FileError) {
        try reopenIfGone()
        if size > 0, !hasRoom(lines.count) { try rotate() }
        do {
            try Files.write(lines, to: descriptor, path: path)
            size += lines.count
        } catch {
            // A line that is cut off would spoil the next one, too.
            _ = ftruncate(descriptor, size)
            throw error
        }
    }

    func close() { _ = Glibc.close(descriptor) }

    /// Begins anew when somebody else has moved the file or cut it off.
    private mutating func reopenIfGone() throws(FileError) {
        let there = try Files.status(path)
        if let there, let own = Self.status(descriptor), there.inode == own.inode, there.device == own.device {
            size = own.size
        } else {
            try reopen()
        }
    }

    private mutating func rotate() throws(FileError) {
        if maxFiles == 1 {
            try Files.remove(path)
        } else {
            for number in stride(from: maxFiles - 2, through: 1, by: -1)
            where Files.exists("\(path).\(number)") {
                try Files.rename("\(path).\(number)", to: "\(path).\(number + 1)")
            }
            try Files.rename(path, to: "\(path).1")
        }
        try reopen()
    }

    private mutating func reopen() throws(FileError) {
        let fresh = try Self.open(path)
        close()
        (descriptor, size) = fresh
    }

    private static func open(_ path: String) throws(FileError) -> (Int32, size: Int) {
        // Without waiting for the other end of a pipe, which is refused anyway.
        let descriptor = try Files.open(
            path,
            O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY,
            mode: 0o644
        )
        guard let status = status(descriptor), status.kind == .regular else {
            _ = Glibc.close(descriptor)
            throw FileError("keep a log in", path, code: EINVAL)
        }
        return (descriptor, status.size)
    }

    private static func status(_ descriptor: Int32) -> FileStatus? {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? FileStatus(status) : nil
    }
}
