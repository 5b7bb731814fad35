package import Glibc

/// A name in a directory.
package struct DirectoryEntry: Hashable, Sendable {
    package let name: String
    /// Of the entry itself: a link to a directory is a link.
    package let kind: FileStatus.Kind

    package init(name: String, kind: FileStatus.Kind) {
        self.name = name
        self.kind = kind
    }
}

/// Whole-file operations; each retries after an interrupt and throws with the path.
package enum Files {
    /// The status of `path` itself, or of what it links to; nil when there is nothing.
    package static func status(_ path: String, followLinks: Bool = false) throws(FileError) -> FileStatus? {
        var status = stat()
        let result = followLinks ? stat(path, &status) : lstat(path, &status)
        if result == 0 { return FileStatus(status) }
        let error = FileError("examine", path)
        if error.isMissing { return nil }
        throw error
    }

    /// Whether something is at `path` (a broken link counts); what cannot be examined does not.
    package static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// Whether a directory, or a link to one, is at `path`.
    package static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The bytes of the file.
    package static func read(_ path: String) throws(FileError) -> [UInt8] {
        let descriptor = try open(path, O_RDONLY | O_CLOEXEC)
        defer { _ = close(descriptor) }
        return try readAll(descriptor, path: path)
    }

    /// At most the first `count` bytes of the file.
    package static func read(_ path: String, first count: Int) throws(FileError) -> [UInt8] {
        let descriptor = try open(path, O_RDONLY | O_CLOEXEC)
        defer { _ = close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: count)
        while true {
            let result = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, count) }
            if result >= 0 { return Array(bytes.prefix(result)) }
            if errno != EINTR { throw FileError("read", path) }
        }
    }

    /// The bytes of the file; nil when there is none.
    package static func readIfPresent(_ path: String) throws(FileError) -> [UInt8]? {
        do {
            return try read(path)
        } catch {
            if error.isMissing { return nil }
            throw error
        }
    }

    /// Everything up to the end of an open descriptor.
    package static func readAll(_ descriptor: Int32, path: String) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_size > 0 { bytes.reserveCapacity(Int(status.st_size) + 1) }
        var failure: FileError?
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { block.deallocate() }
        while failure == nil {
            let count = Glibc.read(descriptor, block.baseAddress, block.count)
            if count == 0 { break }
            if count > 0 {
                bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: block[..<count]))
            } else if errno != EINTR {
                failure = FileError("read", path)
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Replaces the file in one step: a reader sees the old bytes or the new ones, also after a crash of this process.
    ///
    /// A symbolic link at `path` is followed, so that the file it names is the one replaced. The permissions of an
    /// existing file are kept.
    package static func writeAtomically(_ bytes: [UInt8], to path: String, durable: Bool = false) throws(FileError) {
        let target = try resolvingLink(path)
        let existing = try status(target)
        var temporary = try TemporaryFile(beside: target)
        try write(bytes, to: temporary.descriptor, path: temporary.path)
        if let existing, fchmod(temporary.descriptor, existing.permissions) != 0 {
            throw FileError("protect", temporary.path)
        }
        if durable, fsync(temporary.descriptor) != 0 { throw FileError("flush", temporary.path) }
        try temporary.rename(to: target)
    }

    /// Writes only when the file's bytes differ; tells whether it did.
    @discardableResult
    package static func writeIfChanged(_ bytes: [UInt8], to path: String) throws(FileError) -> Bool {
        if try readIfPresent(path) == bytes { return false }
        try writeAtomically(bytes, to: path)
        return true
    }

    /// Writes all bytes to an open descriptor.
    package static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(FileError) {
        var failure: FileError?
        bytes.withUnsafeBytes { buffer in
            var offset = 0
            while offset < buffer.count {
                let count = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
                if count >= 0 {
                    offset += count
                } else if errno != EINTR {
                    failure = FileError("write", path)
                    return
                }
            }
        }
        if let failure { throw failure }
    }

    /// Makes the directory and those above it.
    package static func makeDirectories(_ path: String) throws(FileError) {
        if mkdir(path, 0o777) == 0 { return }
        switch errno {
        case EEXIST:
            if !isDirectory(path) { throw FileError("make directory", path, code: EEXIST) }
        case ENOENT:
            let parent = Paths.parent(path)
            if parent == path || parent.isEmpty { throw FileError("make directory", path, code: ENOENT) }
            try makeDirectories(parent)
            if mkdir(path, 0o777) != 0, errno != EEXIST { throw FileError("make directory", path) }
        default:
            throw FileError("make directory", path)
        }
    }

    /// The names in a directory, sorted by their bytes.
    package static func names(in path: String) throws(FileError) -> [String] {
        try entries(in: path).map(\.name)
    }

    /// The names in a directory with their kinds, sorted by the bytes of the names; only those that are wanted.
    package static func entries(
        in path: String,
        where isWanted: (UnsafeBufferPointer<UInt8>, FileStatus.Kind) -> Bool = { _, _ in true }
    ) throws(FileError) -> [DirectoryEntry] {
        guard let directory = opendir(path) else { throw FileError("list", path) }
        defer { closedir(directory) }
        var entries: [DirectoryEntry] = []
        while let entry = readdir(directory) {
            withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                let bytes = bytes.bindMemory(to: UInt8.self)
                guard let base = bytes.baseAddress else { return }
                let name = UnsafeBufferPointer(start: base, count: strnlen(base, bytes.count))
                if name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) { return }
                let kind = kind(entry.pointee.d_type) { Paths.join(path, String(decoding: name, as: UTF8.self)) }
                if isWanted(name, kind) {
                    entries.append(DirectoryEntry(name: String(decoding: name, as: UTF8.self), kind: kind))
                }
            }
        }
        return entries.sorted { precedes($0.name, $1.name) }
    }

    private static func precedes(_ first: String, _ second: String) -> Bool {
        let order = first.utf8.withContiguousStorageIfAvailable { first in
            second.utf8.withContiguousStorageIfAvailable { second in
                guard let a = first.baseAddress, let b = second.baseAddress else { return first.count - second.count }
                let order = memcmp(a, b, min(first.count, second.count))
                return order == 0 ? first.count - second.count : Int(order)
            }
        }
        return (order ?? nil).map { $0 < 0 } ?? first.utf8.lexicographicallyPrecedes(second.utf8)
    }

    private static func kind(_ type: UInt8, _ path: () -> String) -> FileStatus.Kind {
        switch Int(type) {
        case DT_REG: .regular
        case DT_DIR: .directory
        case DT_LNK: .symbolicLink
        case DT_UNKNOWN: (try? status(path()))?.kind ?? .other
        default: .other
        }
    }

    /// Removes a file or a directory with all in it, without following links; nothing there is fine.
    package static func remove(_ path: String) throws(FileError) {
        if unlink(path) == 0 || errno == ENOENT || errno == ENOTDIR { return }
        guard errno == EISDIR || errno == EPERM else { throw FileError("remove", path) }
        guard try status(path)?.kind == .directory else { throw FileError("remove", path, code: EPERM) }
        for name in try names(in: path) { try remove(Paths.join(path, name)) }
        if rmdir(path) != 0, errno != ENOENT { throw FileError("remove", path) }
    }

    /// Renames within a file system, replacing a file at the target.
    package static func rename(_ path: String, to target: String) throws(FileError) {
        if Glibc.rename(path, target) != 0 { throw FileError("rename", path) }
    }

    /// Opens with a retry after interrupts.
    package static func open(_ path: String, _ flags: Int32, mode: mode_t = 0o666) throws(FileError) -> Int32 {
        while true {
            let descriptor = Glibc.open(path, flags, mode)
            if descriptor >= 0 { return descriptor }
            if errno != EINTR { throw FileError(flags & O_CREAT == 0 ? "open" : "create", path) }
        }
    }

    /// The path with a link in its last part followed (up to 40 times); unchanged when there is none.
    package static func resolvingLink(_ path: String) throws(FileError) -> String {
        var current = path
        for _ in 0..<40 {
            guard try status(current)?.kind == .symbolicLink else { return current }
            current = Paths.normalize(Paths.join(Paths.parent(current), try linkTarget(current)))
        }
        throw FileError("follow", path, code: ELOOP)
    }

    /// What a symbolic link says.
    package static func linkTarget(_ path: String) throws(FileError) -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &buffer, buffer.count)
        if count < 0 { throw FileError("read link", path) }
        return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The canonical absolute path; nil when something on it is missing.
    package static func canonical(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
