package import Basics
package import Git

/// Where the metafiles of a project are read from: the workspace, or one revision of the Git repository.
package protocol FileSource: Sendable {
    /// The names directly in a directory, in ascending order; empty when there is no such directory.
    func entries(in directory: String) throws -> [DirectoryEntry]

    /// Those of them that are wanted by the bytes of their names and their kinds.
    func entries(
        in directory: String,
        where isWanted: (UnsafeBufferPointer<UInt8>, FileStatus.Kind) -> Bool
    ) throws -> [DirectoryEntry]

    /// The bytes of a file at an absolute path; nil when there is none.
    func contents(of path: String) throws -> [UInt8]?

    /// What is at an absolute path, links followed where there are any; nil when nothing is.
    func kind(of path: String) throws -> FileStatus.Kind?

    /// The `.dvcignore` rules of a project.
    func ignoreRules(of project: Project) -> IgnoreRules

    /// A text that differs when the contents of a file differ, or whether there is one; nil when none is known.
    func fingerprint(of path: String) throws -> String?
}

extension FileSource {
    package func fingerprint(of path: String) throws -> String? { nil }

    package func entries(
        in directory: String,
        where isWanted: (UnsafeBufferPointer<UInt8>, FileStatus.Kind) -> Bool
    ) throws -> [DirectoryEntry] {
        try entries(in: directory).filter { entry in
            var name = entry.name
            return name.withUTF8 { isWanted($0, entry.kind) }
        }
    }
}

/// The files as they are now.
package struct WorkspaceFiles: FileSource {
    package init() {}

    package func entries(in directory: String) throws -> [DirectoryEntry] { try Files.entries(in: directory) }

    package func entries(
        in directory: String,
        where isWanted: (UnsafeBufferPointer<UInt8>, FileStatus.Kind) -> Bool
    ) throws -> [DirectoryEntry] { try Files.entries(in: directory, where: isWanted) }

    package func contents(of path: String) throws -> [UInt8]? { try Files.readIfPresent(path) }

    package func kind(of path: String) throws -> FileStatus.Kind? { try Files.status(path, followLinks: true)?.kind }

    package func ignoreRules(of project: Project) -> IgnoreRules { project.ignoreRules }
}

/// The files of a commit, under the absolute paths they have when it is checked out.
package struct RevisionFiles: FileSource {
    private let tree: RevisionTree
    private let root: String

    package init(_ revision: String, of repository: Repository) throws {
        tree = try repository.tree(of: revision)
        root = repository.root
    }

    /// The full id of the commit.
    package var commit: String { tree.commit }

    package func entries(in directory: String) throws -> [DirectoryEntry] {
        guard let relative = relative(directory), let entries = try tree.entries(in: relative) else { return [] }
        let found = entries.map { entry in
            DirectoryEntry(name: Paths.name(entry.path), kind: Self.kind(of: entry))
        }
        return found.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    package func contents(of path: String) throws -> [UInt8]? {
        guard let relative = relative(path) else { return nil }
        return try tree.contents(of: relative)
    }

    package func fingerprint(of path: String) throws -> String? {
        try relative(path).flatMap { try tree.entry($0) }.map { "\($0.kind) \($0.id)" } ?? ""
    }

    package func kind(of path: String) throws -> FileStatus.Kind? {
        guard let relative = relative(path) else { return nil }
        return relative.isEmpty ? .directory : try tree.entry(relative).map(Self.kind)
    }

    package func ignoreRules(of project: Project) -> IgnoreRules { .dvc(root: project.root, in: tree) }

    private static func kind(of entry: RevisionTree.Entry) -> FileStatus.Kind {
        switch entry.kind {
        case .directory: .directory
        case .symbolicLink: .symbolicLink
        case .file, .executable: .regular
        case .submodule: .other
        }
    }

    private func relative(_ path: String) -> String? {
        path == root ? "" : Paths.inside(path, of: root)
    }
}
