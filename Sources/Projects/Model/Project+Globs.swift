import Basics

extension Project {
    /// The paths that patterns of `*`, `?`, `[…]` and `**` match from the caller's directory on, in order.
    ///
    /// As in a shell, names that start with a dot are matched by a dot only. Throws when nothing matches at all.
    package func matches(of patterns: [String]) throws -> [String] {
        let found = try patterns.flatMap { pattern in
            try Glob(directory: environment.workingDirectory).matches(pattern)
        }
        if found.isEmpty { throw SharingError.noMatch(patterns.joined(separator: " ")) }
        return found
    }
}

/// Looks for paths by a pattern, as Python's `glob.iglob` with `recursive`.
private struct Glob {
    let directory: String

    func matches(_ pattern: String) throws -> [String] {
        let isAbsolute = pattern.hasPrefix("/")
        var paths = [isAbsolute ? "/" : ""]
        for part in pattern.split(separator: "/").map(String.init) {
            paths = try paths.flatMap { try step($0, part) }
        }
        return paths.filter { !$0.isEmpty }
    }

    private func step(_ path: String, _ part: String) throws -> [String] {
        if part == "**" { return try below(path) }
        if !part.contains(where: { "*?[".contains($0) }) {
            let next = Paths.join(path, part)
            return Files.exists(absolute(next)) ? [next] : []
        }
        return try entries(path).filter { NamePattern.matches($0.name, part) && $0.isVisible(to: part) }.map {
            Paths.join(path, $0.name)
        }
    }

    /// The path and everything below it; links are not followed.
    private func below(_ path: String) throws -> [String] {
        var found: [String] = []
        var open = [path]
        while let next = open.popLast() {
            found.append(next)
            for entry in try entries(next).reversed() where entry.isVisible(to: "*") {
                open.append(Paths.join(next, entry.name))
            }
        }
        return found
    }

    private func entries(_ path: String) throws -> [DirectoryEntry] {
        let status = try Files.status(absolute(path))
        return status?.kind == .directory ? try Files.entries(in: absolute(path)) : []
    }

    private func absolute(_ path: String) -> String { Paths.absolute(path, from: directory) }
}

extension DirectoryEntry {
    fileprivate func isVisible(to pattern: String) -> Bool { !name.hasPrefix(".") || pattern.hasPrefix(".") }
}
