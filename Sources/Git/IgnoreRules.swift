package import Basics
import Synchronization

/// The ignore rules of a directory tree.
///
/// Ignore files are read when a path in their directory is first asked about, and once: make a new value after a
/// change. Safe to use from many threads.
package final class IgnoreRules: Sendable {
    /// The absolute path of the tree.
    package let root: String
    /// The name of the ignore files: `.gitignore` or `.dvcignore`.
    package let fileName: String
    package let dialect: IgnoreDialect

    private let rootDirectory: Directory
    private let defaultRules: [IgnorePattern]
    private let isReadingNested: Bool
    private let cache = Mutex<Cache>(Cache())

    private struct Cache {
        var directories: [String: Directory] = [:]
        var problems: [FileError] = []
    }

    /// The rules that hold in one directory.
    package struct Directory: Sendable {
        /// The path relative to the root; empty for the root.
        package let path: String
        /// The rule by which the directory, or one above it, is ignored.
        let ignoredBy: IgnorePattern?
        /// All rules that may speak about its files; a later one beats an earlier one.
        let patterns: [IgnorePattern]
        /// How many of the patterns are the defaults.
        let defaultCount: Int
        let dialect: IgnoreDialect

        /// Whether the directory itself is ignored, and so all in it.
        package var isIgnored: Bool { ignoredBy != nil }
    }

    /// Reads the rules of the root directory.
    ///
    /// The `defaults` are patterns that hold before any file's; `sharedFiles` are paths of further ignore files for the
    /// whole tree, weakest first.
    package init(
        root: String,
        fileName: String,
        dialect: IgnoreDialect,
        defaults: [String] = [],
        sharedFiles: [String] = [],
        isReadingNested: Bool = true
    ) {
        self.root = root
        self.fileName = fileName
        self.dialect = dialect
        self.isReadingNested = isReadingNested
        defaultRules = defaults.compactMap { Self.compile(Array($0.utf8), dialect, file: "", number: 0, base: "") }
        var patterns = defaultRules
        var problems: [FileError] = []
        for file in sharedFiles {
            patterns += Self.patterns(of: file, shown: file, dialect, base: "", problems: &problems)
        }
        let own = Self.patterns(of: Paths.join(root, fileName), shown: fileName, dialect, base: "", problems: &problems)
        rootDirectory = Directory(
            path: "",
            ignoredBy: nil,
            patterns: patterns + own,
            defaultCount: defaultRules.count,
            dialect: dialect
        )
        let found = problems
        cache.withLock { $0.problems = found }
    }

    /// The `.dvcignore` rules of a DVC project.
    package static func dvc(root: String) -> IgnoreRules {
        IgnoreRules(root: root, fileName: ".dvcignore", dialect: .dvc, defaults: [".hg/", ".git/", ".git", ".dvc/"])
    }

    /// The ignore files that could not be read so far; they count as absent.
    package var problems: [FileError] { cache.withLock { $0.problems } }

    /// Whether the path is ignored, itself or through a directory above it.
    package func isIgnored(_ relativePath: String, isDirectory: Bool) -> Bool {
        guard let decision = decision(relativePath, isDirectory: isDirectory) else { return false }
        return !decision.isNegated
    }

    /// The rule that decides about the path, which may be one that re-includes it; empty when none matches.
    package func explain(_ relativePath: String, isDirectory: Bool) -> [IgnoreMatch] {
        guard let decision = decision(relativePath, isDirectory: isDirectory) else { return [] }
        return [decision.match]
    }

    /// Whether a rule other than the defaults can match below the directory.
    ///
    /// When not, a scan need ask only ``isDefault(_:isDirectory:)`` there, as long as it meets no further ignore file.
    package func mayMatch(below relativePath: String) -> Bool {
        let directory = directory(relativePath)
        if directory.isIgnored { return true }
        let bytes = Array(relativePath.utf8)
        return directory.patterns.dropFirst(directory.defaultCount).contains { $0.mayMatch(below: bytes) }
    }

    /// Whether a default rule ignores entries of this name.
    package func isDefault(_ name: String, isDirectory: Bool) -> Bool {
        let bytes = Array(name.utf8)
        return defaultRules.contains { (isDirectory || !$0.isDirectoryOnly) && $0.matches(bytes, to: bytes.count) }
    }

    /// The rules for the entries of a directory, given relative to the root.
    package func directory(_ relativePath: String) -> Directory {
        if relativePath.isEmpty || relativePath == "." { return rootDirectory }
        if let known = cache.withLock({ $0.directories[relativePath] }) { return known }
        var current = rootDirectory
        for (index, byte) in (Array(relativePath.utf8) + [UInt8(ascii: "/")]).enumerated() where byte == slash {
            let prefix = String(decoding: relativePath.utf8.prefix(index), as: UTF8.self)
            if let known = cache.withLock({ $0.directories[prefix] }) {
                current = known
            } else {
                current = load(prefix, in: current)
                cache.withLock { [current] in $0.directories[prefix] = current }
            }
        }
        return current
    }

    private func decision(_ relativePath: String, isDirectory: Bool) -> IgnorePattern? {
        if relativePath.isEmpty || relativePath == "." { return nil }
        let parent = directory(Paths.parent(relativePath))
        if let ignoredBy = parent.ignoredBy { return ignoredBy }
        if isDirectory, let nested = nestedRepository(relativePath) { return nested }
        return parent.decision(relativePath, isDirectory: isDirectory)
    }

    private func load(_ path: String, in parent: Directory) -> Directory {
        var ignoredBy = parent.ignoredBy ?? nestedRepository(path)
        if ignoredBy == nil, let decision = parent.decision(path, isDirectory: true), !decision.isNegated {
            ignoredBy = decision
        }
        var patterns = parent.patterns
        if ignoredBy == nil, isReadingNested {
            let file = Paths.join(path, fileName)
            let isIgnored = dialect == .dvc && parent.decision(file, isDirectory: false)?.isNegated == false
            if !isIgnored {
                var problems: [FileError] = []
                let base = dialect == .git ? path + "/" : path
                patterns += Self.patterns(
                    of: Paths.join(root, file),
                    shown: file,
                    dialect,
                    base: base,
                    problems: &problems
                )
                if !problems.isEmpty { cache.withLock { [problems] in $0.problems += problems } }
            }
        }
        return Directory(
            path: path,
            ignoredBy: ignoredBy,
            patterns: patterns,
            defaultCount: parent.defaultCount,
            dialect: dialect
        )
    }

    /// The rule by which DVC leaves a directory alone that is a DVC project of its own.
    private func nestedRepository(_ path: String) -> IgnorePattern? {
        guard dialect == .dvc, Files.exists(Paths.join(root, path) + "/.dvc") else { return nil }
        return IgnorePattern(nestedRepository: Paths.name(path))
    }

    private static func patterns(
        of path: String,
        shown: String,
        _ dialect: IgnoreDialect,
        base: String,
        problems: inout [FileError]
    ) -> [IgnorePattern] {
        do throws(FileError) {
            // Git reads no ignore file through a symbolic link.
            guard let status = try Files.status(path, followLinks: dialect == .dvc), status.kind == .regular else {
                return []
            }
            return patterns(in: try Files.read(path), file: shown, dialect, base: base)
        } catch {
            problems.append(error)
            return []
        }
    }

    private static func patterns(
        in bytes: [UInt8],
        file: String,
        _ dialect: IgnoreDialect,
        base: String
    ) -> [IgnorePattern] {
        switch dialect {
        case .dvc:
            return DVCRule.lines(of: bytes).enumerated().compactMap { index, line in
                IgnorePattern(dvcLine: line, file: file, number: index + 1, base: base)
            }
        case .git:
            let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
            let lines = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            return lines.enumerated().compactMap { index, line in
                let ends = line.last == UInt8(ascii: "\r")
                return compile(Array(ends ? line.dropLast() : line), dialect, file: file, number: index + 1, base: base)
            }
        }
    }

    private static func compile(
        _ line: [UInt8],
        _ dialect: IgnoreDialect,
        file: String,
        number: Int,
        base: String
    ) -> IgnorePattern? {
        switch dialect {
        case .git: IgnorePattern(gitLine: line, file: file, number: number, base: base)
        case .dvc:
            IgnorePattern(dvcLine: String(decoding: line, as: UTF8.self), file: file, number: number, base: base)
        }
    }
}

private let slash = UInt8(ascii: "/")
