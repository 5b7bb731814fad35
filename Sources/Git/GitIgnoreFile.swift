import Basics

/// Edits of `.gitignore` files as DVC makes them: one entry `/name` for each output, in the output's own directory.
package enum GitIgnoreFile {
    /// What an edit did.
    package enum Change: Hashable, Sendable {
        case unchanged
        /// The file at this path has new content.
        case written(String)
        /// The file at this path became empty and was removed.
        case removed(String)
    }

    /// Makes Git ignore an output, unless a rule does so already.
    ///
    /// The path is absolute, or relative to the work tree's root.
    package static func add(entryFor path: String, in repository: Repository) throws(GitError) -> Change {
        try add(entriesFor: [path], in: repository).first.map { .written($0.file) } ?? .unchanged
    }

    /// Makes Git ignore outputs that no rule ignores; returns those that needed an entry, with the files that have them.
    ///
    /// Each file is written once. Outputs must not lie inside of one another.
    package static func add(
        entriesFor paths: [String],
        in repository: Repository
    ) throws(GitError) -> [(path: String, file: String)] {
        var names: [String: [String]] = [:]
        var added: [(path: String, file: String)] = []
        let rules = try repository.ignoreRules()
        var folder: (path: String, file: String)?
        for path in paths {
            let absolute = Paths.absolute(path, from: repository.root)
            let parent = Paths.parent(absolute)
            if folder?.path != parent { folder = (parent, try place(path, in: repository).file) }
            // DVC asks about a file even when the output is a directory, so `data/` does not count for it.
            guard let file = folder?.file, let relative = repository.relativePath(of: path),
                !rules.isIgnored(relative, isDirectory: false)
            else { continue }
            names[file, default: []].append(Paths.name(absolute))
            added.append((path, file))
        }
        if names.isEmpty { return [] }
        defer { repository.forgetIgnoreRules() }
        var appended: [String: Set<String>] = [:]
        do throws(FileError) {
            for (file, names) in names { appended[file] = try append(names, to: file) }
        } catch {
            throw .file(error)
        }
        return added.filter { appended[$0.file]?.contains(Paths.name($0.path)) ?? false }
    }

    /// Returns the names that had no entry.
    private static func append(_ names: [String], to file: String) throws(FileError) -> Set<String> {
        var bytes = try Files.readIfPresent(file) ?? []
        var known = Set(lines(bytes).map { Array($0.content) })
        // An entry that has no end of line is not taken for one, as in DVC.
        if let last = bytes.last, last != UInt8(ascii: "\n") {
            known = []
            bytes.append(UInt8(ascii: "\n"))
        }
        var appended: Set<String> = []
        for name in names {
            let entry = Array(escaped("/" + name).utf8)
            guard known.insert(entry).inserted else { continue }
            bytes += entry + [UInt8(ascii: "\n")]
            appended.insert(name)
        }
        if !appended.isEmpty { try Files.writeAtomically(bytes, to: file) }
        return appended
    }

    /// Takes out the entry of an output, and the file when nothing else is in it.
    ///
    /// Unlike DVC this also finds the entry of a name that had to be escaped.
    package static func remove(entryFor path: String, in repository: Repository) throws(GitError) -> Change {
        try remove(entriesFor: [path], in: repository).first ?? .unchanged
    }

    /// Takes out the entries of outputs, and files in which nothing else is; returns what happened to each file.
    @discardableResult
    package static func remove(
        entriesFor paths: [String],
        in repository: Repository
    ) throws(GitError) -> [Change] {
        var entries: [String: Set<[UInt8]>] = [:]
        for path in paths {
            let (file, name) = try place(path, in: repository)
            for entry in ["/" + name, escaped("/" + name)] {
                entries[file, default: []].insert(Array(stripped(Array(entry.utf8)[...])))
            }
        }
        defer { repository.forgetIgnoreRules() }
        var changes: [Change] = []
        do throws(FileError) {
            for (file, entries) in entries { changes.append(try remove(entries, from: file)) }
        } catch {
            throw .file(error)
        }
        return changes
    }

    private static func remove(_ entries: Set<[UInt8]>, from file: String) throws(FileError) -> Change {
        guard let bytes = try Files.readIfPresent(file) else { return .unchanged }
        let all = lines(bytes)
        let kept = all.filter { !entries.contains(Array(stripped($0.content))) }
        if kept.count == all.count, !all.isEmpty { return .unchanged }
        if kept.isEmpty {
            try Files.remove(file)
            return .removed(file)
        }
        try Files.writeAtomically(Array(kept.map(\.whole).joined()), to: file)
        return .written(file)
    }

    /// The name with a backslash before what a pattern would read as special.
    package static func escaped(_ name: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            if "\\[]!*#?".unicodeScalars.contains(scalar) { result.append("\\") }
            result.append(scalar)
        }
        return String(result)
    }

    private static func place(
        _ path: String,
        in repository: Repository
    ) throws(GitError) -> (file: String, name: String) {
        let absolute = Paths.absolute(path, from: repository.root)
        let file = Paths.join(Paths.parent(absolute), ".gitignore")
        // The file, too, may be a link that leads out of the repository.
        let folder = Paths.parent((try? Files.resolvingLink(file)) ?? file)
        let root = Files.canonical(repository.root) ?? repository.root
        guard Paths.isSameOrInside(Files.canonical(folder) ?? folder, root), absolute != repository.root else {
            throw .outsideRepository(path: absolute, root: repository.root)
        }
        return (file, Paths.name(absolute))
    }

    private struct Line {
        /// With its end.
        let whole: ArraySlice<UInt8>
        let content: ArraySlice<UInt8>
    }

    private static func stripped(_ content: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isSpace: (UInt8) -> Bool = { [0x20, 0x09, 0x0B, 0x0C, 0x0D].contains($0) }
        let start = content.firstIndex { !isSpace($0) } ?? content.endIndex
        let end = content.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? start
        return content[start..<end]
    }

    private static func lines(_ bytes: [UInt8]) -> [Line] {
        var lines: [Line] = []
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            let next = min(end + 1, bytes.count)
            let contentEnd = end > start && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
            lines.append(Line(whole: bytes[start..<next], content: bytes[start..<contentEnd]))
            start = next
        }
        return lines
    }
}
