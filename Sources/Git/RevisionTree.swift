import Basics
import Synchronization

/// The files of a commit.
///
/// Paths are relative to the work tree's root. Directories are read when first asked about, and kept.
package final class RevisionTree: Sendable {
    /// What a name in a tree stands for.
    package struct Entry: Hashable, Sendable {
        package enum Kind: Sendable {
            case file
            case executable
            case symbolicLink
            case directory
            case submodule
        }

        package let path: String
        package let kind: Kind
        /// The id of the blob, tree or (for submodules) commit.
        package let id: String

        /// Whether it has content: a file, executable or not.
        package var isFile: Bool { kind == .file || kind == .executable }
    }

    package let repository: Repository
    /// The full id.
    package let commit: String
    private let directories = Mutex<[String: [Entry]]>([:])

    init(repository: Repository, commit: String) {
        self.repository = repository
        self.commit = commit
    }

    /// The entry at a path; nil when there is none. The root has none of its own.
    package func entry(_ path: String) throws(GitError) -> Entry? {
        guard let path = Self.cleaned(path), !path.isEmpty else { return nil }
        return try entries(in: Paths.parent(path))?.first { $0.path == path }
    }

    /// Whether a directory, or the root, is at the path.
    package func isDirectory(_ path: String) throws(GitError) -> Bool { try entries(in: path) != nil }

    /// The entries directly in a directory ("" is the root) in Git's order; nil when there is no such directory.
    package func entries(in directory: String) throws(GitError) -> [Entry]? {
        guard let directory = Self.cleaned(directory) else { return nil }
        if let known = directories.withLock({ $0[directory] }) { return known }
        let name: String
        if directory.isEmpty {
            name = "\(commit)^{tree}"
        } else {
            // Through the parents, so that any name, even one with a line break, is found by its id.
            guard let entry = try entry(directory), entry.kind == .directory else { return nil }
            name = entry.id
        }
        let entries = try repository.treeEntries(name, at: directory) { () throws(GitError) in
            guard let object = try repository.objects.object(name), object.type == "tree" else { return nil }
            return try Self.parse(object.content, idLength: object.id.utf8.count / 2, below: directory)
        }
        guard let entries else { return nil }
        directories.withLock { $0[directory] = entries }
        return entries
    }

    /// The bytes of a file, or the target of a symbolic link; nil when the path is neither.
    package func contents(of path: String) throws(GitError) -> [UInt8]? {
        guard let entry = try entry(path), entry.isFile || entry.kind == .symbolicLink else { return nil }
        guard let object = try repository.objects.object(entry.id), object.type == "blob" else {
            throw .missingFile(path: path, revision: commit)
        }
        return object.content
    }

    /// All files, links and submodules of the commit, by one `git ls-tree`.
    package func allEntries() throws(GitError) -> [Entry] {
        let output = try repository.git(["ls-tree", "-r", "-z", "--full-tree", commit])
        return output.split(separator: 0).compactMap { line in
            guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
            let words = line[..<tab].split(separator: UInt8(ascii: " "))
            guard words.count == 3, let kind = Self.kind(mode: words[0]) else { return nil }
            let path = String(decoding: line[(tab + 1)...], as: UTF8.self)
            return Entry(path: path, kind: kind, id: String(decoding: words[2], as: UTF8.self))
        }
    }

    /// The normalized path; nil when it leads outside.
    private static func cleaned(_ path: String) -> String? {
        let normal = Paths.normalize(path)
        if normal == "." { return "" }
        return normal.hasPrefix("/") || normal == ".." || normal.hasPrefix("../") ? nil : normal
    }

    private static func kind(mode: ArraySlice<UInt8>) -> Entry.Kind? {
        switch String(decoding: mode, as: UTF8.self) {
        case "100755": .executable
        case "120000": .symbolicLink
        case "40000", "040000": .directory
        case "160000": .submodule
        case let mode where mode.hasPrefix("100"): .file
        default: nil
        }
    }

    /// Reads a tree object: mode, space, name, NUL and the id in binary, over and over.
    private static func parse(_ bytes: [UInt8], idLength: Int, below directory: String) throws(GitError) -> [Entry] {
        var entries: [Entry] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let space = rest.firstIndex(of: UInt8(ascii: " ")), let end = rest[space...].firstIndex(of: 0),
                rest.endIndex - end > idLength
            else { throw .objectReaderFailed("the tree of '\(directory)' is cut short") }
            let name = String(decoding: rest[(space + 1)..<end], as: UTF8.self)
            let id = rest[(end + 1)...(end + idLength)]
            if let kind = kind(mode: rest[..<space]) {
                entries.append(Entry(path: Paths.join(directory, name), kind: kind, id: hexadecimal(id)))
            }
            rest = rest[(end + idLength + 1)...]
        }
        return entries
    }

    private static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

extension Repository {
    /// The files of the commit a revision stands for.
    package func tree(of revision: String) throws(GitError) -> RevisionTree {
        RevisionTree(repository: self, commit: try resolve(revision))
    }
}
