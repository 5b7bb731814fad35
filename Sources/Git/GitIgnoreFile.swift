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
        let (file, name) = try place(path, in: repository)
        // DVC asks about a file even when the output is a directory, so `data/` does not count for it.
        guard let relative = repository.relativePath(of: path),
            try !repository.ignoreRules().isIgnored(relative, isDirectory: false)
        else { return .unchanged }
        do throws(FileError) {
            var bytes = try Files.readIfPresent(file) ?? []
            let entry = Array(escaped("/" + name).utf8)
            let isTerminated = bytes.isEmpty || bytes.last == UInt8(ascii: "\n")
            if isTerminated, lines(bytes).contains(where: { $0.content.elementsEqual(entry) }) { return .unchanged }
            bytes += (isTerminated ? [] : [UInt8(ascii: "\n")]) + entry + [UInt8(ascii: "\n")]
            try Files.writeAtomically(bytes, to: file)
        } catch {
            throw .file(error)
        }
        repository.forgetIgnoreRules()
        return .written(file)
    }

    /// Takes out the entry of an output, and the file when nothing else is in it.
    ///
    /// Unlike DVC this also finds the entry of a name that had to be escaped.
    package static func remove(entryFor path: String, in repository: Repository) throws(GitError) -> Change {
        let (file, name) = try place(path, in: repository)
        let entries = ["/" + name, escaped("/" + name)].map { stripped(Array($0.utf8)[...]) }
        do throws(FileError) {
            guard let bytes = try Files.readIfPresent(file) else { return .unchanged }
            let all = lines(bytes)
            let kept = all.filter { line in !entries.contains { stripped(line.content).elementsEqual($0) } }
            if kept.count == all.count, !all.isEmpty { return .unchanged }
            repository.forgetIgnoreRules()
            if kept.isEmpty {
                try Files.remove(file)
                return .removed(file)
            }
            try Files.writeAtomically(Array(kept.map(\.whole).joined()), to: file)
        } catch {
            throw .file(error)
        }
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
