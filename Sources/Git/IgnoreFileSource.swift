import Basics

/// Where ignore files are read from.
struct IgnoreFileSource: Sendable {
    /// The bytes of the regular file at an absolute path; nil when there is none.
    let contents: @Sendable (String) throws(FileError) -> [UInt8]?
    /// Whether something is at an absolute path.
    let exists: @Sendable (String) -> Bool

    /// The files as they are now.
    static func disk(_ dialect: IgnoreDialect) -> IgnoreFileSource {
        IgnoreFileSource(
            contents: { (path) throws(FileError) in
                // Git reads no ignore file through a symbolic link.
                guard let status = try Files.status(path, followLinks: dialect == .dvc), status.kind == .regular else {
                    return nil
                }
                return try Files.read(path)
            },
            exists: { Files.exists($0) }
        )
    }

    /// The files of a commit, which cannot be unreadable one by one.
    static func commit(_ tree: RevisionTree) -> IgnoreFileSource {
        let repository = tree.repository
        return IgnoreFileSource(
            contents: { (path) throws(FileError) in
                guard let relative = repository.relativePath(of: path), let entry = try? tree.entry(relative),
                    entry.isFile
                else { return nil }
                return (try? tree.contents(of: relative)) ?? nil
            },
            exists: { path in
                guard let relative = repository.relativePath(of: path) else { return false }
                return ((try? tree.entry(relative)) ?? nil) != nil
            }
        )
    }
}

extension IgnoreRules {
    /// The `.dvcignore` rules of a project at `root`, as a commit has them; only asked whether a path is ignored.
    package static func dvc(root: String, in tree: RevisionTree) -> IgnoreRules {
        IgnoreRules(
            root: root,
            fileName: ".dvcignore",
            dialect: .dvc,
            defaults: dvcDefaults,
            source: .commit(tree)
        )
    }
}
