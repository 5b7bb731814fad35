import Basics
import CSystemCalls
import Glibc

/// Opens directories below a root part by part, so that no symbolic link can lead outside.
///
/// Neighbouring paths share the parts already open. For one thread.
final class SafeDirectories {
    private let root: Int32
    private let rootPath: String
    private var parts: [(name: ArraySlice<UInt8>, descriptor: Int32)] = []
    /// The path that was opened last; empty after a failure.
    private var last: [UInt8] = []

    init(root: Int32, path: String) {
        self.root = root
        rootPath = path
    }

    deinit { close(to: 0) }

    private func close(to count: Int) {
        while parts.count > count {
            if let last = parts.popLast() { _ = Glibc.close(last.descriptor) }
        }
    }

    /// The descriptor of the directory at `path`, a relative path without a slash at the end, made when missing.
    ///
    /// A symbolic link in the way is removed; a file in the way is an error. Valid until the next call.
    func open(_ path: ArraySlice<UInt8>) throws -> Int32 {
        if path.isEmpty { return root }
        if let open = parts.last?.descriptor, path.elementsEqual(last) { return open }
        last = []
        var depth = 0
        var isShared = true
        for name in path.split(separator: PathBytes.slash) {
            if isShared, depth < parts.count, parts[depth].name == name {
                depth += 1
                continue
            }
            if isShared {
                close(to: depth)
                isShared = false
            }
            let parent = parts.last?.descriptor ?? root
            parts.append((name, try openPart(name, in: parent, path)))
            depth += 1
        }
        close(to: depth)
        last = Array(path)
        return parts.last?.descriptor ?? root
    }

    private func openPart(_ name: ArraySlice<UInt8>, in parent: Int32, _ path: ArraySlice<UInt8>) throws -> Int32 {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        return try (Array(name) + [0]).withUnsafeBytes { bytes in
            try bytes.withMemoryRebound(to: CChar.self) { pointer in
                guard let text = pointer.baseAddress else { return -1 }
                for _ in 0..<3 {
                    let descriptor = apus_openat(parent, text, flags, 0)
                    if descriptor >= 0 { return descriptor }
                    if errno == ENOENT {
                        if mkdirat(parent, text, 0o777) != 0, errno != EEXIST { throw error("make directory", path) }
                    } else if errno == ELOOP || errno == ENOTDIR, Self.isLink(text, in: parent) {
                        if unlinkat(parent, text, 0) != 0, errno != ENOENT { throw error("remove", path) }
                    } else {
                        throw error("open", path)
                    }
                }
                throw error("open", path)
            }
        }
    }

    private static func isLink(_ name: UnsafePointer<CChar>, in parent: Int32) -> Bool {
        var status = stat()
        return fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    private func error(_ operation: String, _ path: ArraySlice<UInt8>) -> FileError {
        FileError(operation, rootPath + "/" + String(decoding: path, as: UTF8.self))
    }
}
