import Basics

extension Repository {
    /// Whether Git tracks the file, or a file below the directory.
    package func isTracked(_ path: String) throws(GitError) -> Bool {
        try !tracked(among: [path]).isEmpty
    }

    /// Those of the paths that Git tracks, or below which it tracks a file; spelled as given.
    ///
    /// Relative paths start at ``root``. One `git` call; for more than a few paths it lists the whole index.
    package func tracked(among paths: [String]) throws(GitError) -> Set<String> {
        let wanted = paths.compactMap { path in relativePath(of: path).map { (path: path, relative: $0) } }
        if wanted.isEmpty { return [] }
        // Git compares every file with every path it is given, so that many paths cost more than all files.
        let isFew = wanted.count <= 16
        let arguments = isFew ? wanted.map { $0.relative.isEmpty ? "." : $0.relative } : []
        var known: Set<String> = []
        for file in try git(["ls-files", "-z", "--"] + arguments).split(separator: 0) {
            var name = String(decoding: file, as: UTF8.self)
            while known.insert(name).inserted, !name.isEmpty { name = Paths.parent(name) }
        }
        return Set(wanted.filter { known.contains($0.relative) }.map(\.path))
    }

    /// Stages files. Ignored files that are not tracked are passed over in silence, as DVC does.
    package func add(_ paths: [String]) throws(GitError) {
        var relative: [String] = []
        for path in paths {
            guard let inside = relativePath(of: path) else { throw .outsideRepository(path: path, root: root) }
            relative.append(inside.isEmpty ? "." : inside)
        }
        let tracked = try tracked(among: relative)
        let ignored = try ignored(among: relative.filter { !tracked.contains($0) })
        for chunk in Self.chunks(relative.filter { !ignored.contains($0) }) {
            try git(["add", "--all", "--"] + chunk)
        }
    }

    /// Arguments in portions that fit a command line.
    static func chunks(_ arguments: [String]) -> [[String]] {
        var chunks: [[String]] = []
        var size = 0
        for argument in arguments {
            if chunks.isEmpty || size + argument.utf8.count > 100_000 {
                chunks.append([])
                size = 0
            }
            chunks[chunks.count - 1].append(argument)
            size += argument.utf8.count + 16
        }
        return chunks
    }
}
