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
    private let source: IgnoreFileSource
    private let cache = Mutex<Cache>(Cache())

    private struct Cache {
        var directories: [String: Directory] = [:]
        /// The same with a rule for every nested project, as DVC keeps them.
        var completeDirectories: [String: Directory] = [:]
        var problems: [FileError] = []
    }

    /// The rules that hold in one directory.
    package struct Directory: Sendable {
        /// The path relative to the root; empty for the root.
        package let path: String
        /// The rule by which the directory, or one above it, is ignored.
        var ignoredBy: IgnorePattern?
        /// All rules that may speak about its files; a later one beats an earlier one.
        var patterns: [IgnorePattern]
        /// How many of the patterns are the defaults.
        let defaultCount: Int
        let dialect: IgnoreDialect
        /// Whether every nested project in it has a rule.
        var isComplete = false

        /// Whether the directory itself is ignored, and so all in it.
        package var isIgnored: Bool { ignoredBy != nil }
    }

    /// Reads the rules of the root directory.
    ///
    /// The `defaults` are patterns that hold before any file's; `sharedFiles` are paths of further ignore files for the
    /// whole tree, weakest first.
    package convenience init(
        root: String,
        fileName: String,
        dialect: IgnoreDialect,
        defaults: [String] = [],
        sharedFiles: [String] = [],
        isReadingNested: Bool = true
    ) {
        self.init(
            root: root,
            fileName: fileName,
            dialect: dialect,
            defaults: defaults,
            sharedFiles: sharedFiles,
            isReadingNested: isReadingNested,
            source: .disk(dialect)
        )
    }

    /// Reads the rules of the root directory from elsewhere than the disk.
    init(
        root: String,
        fileName: String,
        dialect: IgnoreDialect,
        defaults: [String],
        sharedFiles: [String] = [],
        isReadingNested: Bool = true,
        source: IgnoreFileSource
    ) {
        self.root = root
        self.fileName = fileName
        self.dialect = dialect
        self.isReadingNested = isReadingNested
        self.source = source
        defaultRules = defaults.compactMap { Self.compile(Array($0.utf8), dialect, file: "", number: 0, base: "") }
        var patterns = defaultRules
        var problems: [FileError] = []
        for file in sharedFiles {
            patterns += Self.patterns(of: file, shown: file, dialect, base: "", source, problems: &problems)
        }
        let own = Self.patterns(
            of: Paths.join(root, fileName),
            shown: fileName,
            dialect,
            base: "",
            source,
            problems: &problems
        )
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
        IgnoreRules(root: root, fileName: ".dvcignore", dialect: .dvc, defaults: dvcDefaults)
    }

    static let dvcDefaults = [".hg/", ".git/", ".git", ".dvc/"]

    /// The ignore files that could not be read so far; they count as absent.
    package var problems: [FileError] { cache.withLock { $0.problems } }

    /// Whether the path is ignored, itself or through a directory above it.
    package func isIgnored(_ relativePath: String, isDirectory: Bool) -> Bool {
        if relativePath.isEmpty || relativePath == "." { return false }
        let parent = directory(Paths.parent(relativePath))
        if parent.isIgnored || (isDirectory && isNestedProject(relativePath)) { return true }
        return parent.decision(relativePath, isDirectory: isDirectory)?.isNegated == false
    }

    /// The rule that decides about the path, which may be one that re-includes it; empty when none matches.
    ///
    /// Dearer than ``isIgnored(_:isDirectory:)``: it lists the directories above to name the very rule DVC names.
    package func explain(_ relativePath: String, isDirectory: Bool) -> [IgnoreMatch] {
        if relativePath.isEmpty || relativePath == "." { return [] }
        let parent = directory(Paths.parent(relativePath), isComplete: true)
        let decision = parent.ignoredBy ?? parent.decision(relativePath, isDirectory: isDirectory)
        return decision.map { [$0.match] } ?? []
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
        let bytes = Array(name.utf8) + (isDirectory ? [slash] : [])
        return defaultRules.contains { rule in
            if rule.isDirectoryOnly, !isDirectory { return false }
            return rule.matches(bytes, to: name.utf8.count) || (isDirectory && rule.matches(bytes, to: bytes.count))
        }
    }

    /// The rules for the entries of a directory, given relative to the root.
    package func directory(_ relativePath: String) -> Directory { directory(relativePath, isComplete: false) }

    private func directory(_ relativePath: String, isComplete: Bool) -> Directory {
        let isComplete = isComplete && dialect == .dvc
        if let known = known(relativePath, isComplete: isComplete) { return known }
        var current = known("", isComplete: isComplete) ?? remember(completing(rootDirectory))
        for (index, byte) in (Array(relativePath.utf8) + [slash]).enumerated() where byte == slash && index > 0 {
            let prefix = String(decoding: relativePath.utf8.prefix(index), as: UTF8.self)
            current = known(prefix, isComplete: isComplete) ?? remember(load(prefix, in: current))
        }
        return current
    }

    private func known(_ path: String, isComplete: Bool) -> Directory? {
        if !isComplete, path.isEmpty || path == "." { return rootDirectory }
        return cache.withLock { isComplete ? $0.completeDirectories[path] : $0.directories[path] }
    }

    private func remember(_ directory: Directory) -> Directory {
        cache.withLock {
            if directory.isComplete {
                $0.completeDirectories[directory.path] = directory
            } else {
                $0.directories[directory.path] = directory
            }
        }
        return directory
    }

    private func load(_ path: String, in parent: Directory) -> Directory {
        var directory = Directory(
            path: path,
            ignoredBy: parent.ignoredBy ?? parent.ignoringRule(path),
            patterns: parent.patterns,
            defaultCount: parent.defaultCount,
            dialect: dialect
        )
        if !parent.isComplete, directory.ignoredBy == nil, isNestedProject(path) {
            directory.ignoredBy = IgnorePattern(nestedProject: Paths.name(path), base: parent.path)
        }
        if !directory.isIgnored, isReadingNested, !ignoresOwnFile(directory) {
            var problems: [FileError] = []
            let file = Paths.join(path, fileName)
            let base = dialect == .git ? path + "/" : path
            directory.patterns += Self.patterns(
                of: Paths.join(root, file),
                shown: file,
                dialect,
                base: base,
                source,
                problems: &problems
            )
            if !problems.isEmpty { cache.withLock { [problems] in $0.problems += problems } }
        }
        if parent.isComplete { directory = completing(directory) }
        // In DVC a rule such as `/**` matches the very directory its file is in, and nothing in there is looked at.
        if dialect == .dvc, directory.ignoredBy == nil { directory.ignoredBy = directory.ignoringRule(path) }
        return directory
    }

    private func ignoresOwnFile(_ directory: Directory) -> Bool {
        dialect == .dvc
            && directory.decision(Paths.join(directory.path, fileName), isDirectory: false)?.isNegated == false
    }

    /// Adds the rules for the projects directly in a directory.
    private func completing(_ directory: Directory) -> Directory {
        var directory = directory
        directory.isComplete = true
        let names = (try? Files.names(in: Paths.join(root, directory.path))) ?? []
        for name in names where isNestedProject(Paths.join(directory.path, name)) {
            if let rule = IgnorePattern(nestedProject: name, base: directory.path) { directory.patterns.append(rule) }
        }
        return directory
    }

    /// Whether a directory is a DVC project of its own, which DVC leaves alone.
    private func isNestedProject(_ path: String) -> Bool {
        dialect == .dvc && source.exists(Paths.join(root, path) + "/.dvc")
    }

    private static func patterns(
        of path: String,
        shown: String,
        _ dialect: IgnoreDialect,
        base: String,
        _ source: IgnoreFileSource,
        problems: inout [FileError]
    ) -> [IgnorePattern] {
        do throws(FileError) {
            guard let bytes = try source.contents(path) else { return [] }
            return patterns(in: bytes, file: shown, dialect, base: base)
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
