import Basics
import CSystemCalls
import Glibc

/// The names in one directory of an output, sorted out into files and directories, without what is ignored.
struct DirectoryNames {
    let reader: DirectoryReader
    private(set) var files: [DirectoryReader.Entry] = []
    private(set) var directories: [DirectoryReader.Entry] = []
    /// Whether there is more, such as links to directories, that may change without a change of the directory.
    private(set) var hasOthers = false

    private let directory: ScannedDirectory
    private let descriptor: Int32
    /// The absolute path.
    private let path: String
    private let filter: any PathFilter
    private let isTolerant: Bool

    init(
        _ directory: ScannedDirectory,
        _ descriptor: Int32,
        path: String,
        _ filter: any PathFilter,
        isTolerant: Bool
    ) throws {
        self.directory = directory
        self.descriptor = descriptor
        self.path = path
        self.filter = filter
        self.isTolerant = isTolerant
        reader = try DirectoryReader(descriptor, path: path)
        try sortOut()
        if files.contains(where: { reader.name($0).elementsEqual(".dvcignore".utf8) }) {
            throw StoreError.ignoreFileInside(path)
        }
    }

    private mutating func sortOut() throws {
        for entry in reader.entries {
            let kind = try kind(of: entry)
            if kind == .other || isLeftover(entry, kind) {
                hasOthers = true
                continue
            }
            let isDirectory = kind == .directory
            if isIgnored(entry, isDirectory: isDirectory) { continue }
            var entry = entry
            entry.kind = kind
            if isDirectory { directories.append(entry) } else { files.append(entry) }
        }
        files = reader.sorted(files)
        directories = reader.sorted(directories, asDirectories: true)
    }

    /// What an entry is: a file, a directory, a link to a file, or `.other` for what does not count, like a link to a
    /// directory.
    private func kind(of entry: DirectoryReader.Entry) throws -> DirectoryReader.Kind {
        var kind = entry.kind
        if kind == .unknown {
            guard let status = status(entry, AT_SYMLINK_NOFOLLOW) else { throw FileError("examine", path(of: entry)) }
            switch status.st_mode & S_IFMT {
            case S_IFREG: kind = .file
            case S_IFDIR: kind = .directory
            case S_IFLNK: kind = .link
            default: kind = .other
            }
        }
        if kind == .other, !isTolerant, !isIgnored(entry, isDirectory: false) {
            throw StoreError.unsupportedFile(path(of: entry))
        }
        if kind != .link { return kind }
        if let target = status(entry, 0) { return target.st_mode & S_IFMT == S_IFDIR ? .other : .link }
        if isTolerant || isIgnored(entry, isDirectory: false) { return .link }
        throw StoreError.brokenLink(path(of: entry))
    }

    private func status(_ entry: DirectoryReader.Entry, _ flags: Int32) -> stat? {
        var status = stat()
        let name = Array(reader.name(entry)) + [0]
        let result = name.withUnsafeBytes { bytes in
            bytes.withMemoryRebound(to: CChar.self) { pointer in
                pointer.baseAddress.map { fstatat(descriptor, $0, &status, flags) }
            }
        }
        return result == 0 ? status : nil
    }

    /// Whether the entry is a file that a process which died had not given its place yet: a link to an object, or a
    /// copy of one whose name belongs to another entry.
    private func isLeftover(_ entry: DirectoryReader.Entry, _ kind: DirectoryReader.Kind) -> Bool {
        guard TemporaryNames.matches(reader.name(entry)) else { return false }
        if kind == .link { return true }
        guard kind == .file, let status = status(entry, AT_SYMLINK_NOFOLLOW) else { return false }
        if status.st_nlink > 1, status.st_mode & 0o7777 == 0o444 { return true }
        let name = String(decoding: reader.name(entry), as: UTF8.self)
        return reader.entries.contains { TemporaryNames.derived(from: reader.name($0)) == name }
    }

    private func isIgnored(_ entry: DirectoryReader.Entry, isDirectory: Bool) -> Bool {
        if filter.isEmpty { return false }
        let name = reader.name(entry)
        let bytes = directory.path.isEmpty ? Array(name) : directory.path + [PathBytes.slash] + name
        return filter.isIgnored(String(decoding: bytes, as: UTF8.self), isDirectory: isDirectory)
    }

    private func path(of entry: DirectoryReader.Entry) -> String {
        path + "/" + String(decoding: reader.name(entry), as: UTF8.self)
    }
}
