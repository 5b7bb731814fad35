/// Finds files by a pattern of `*`, `?`, `[…]` and `**`, as Python's `glob` does with its recursive flag.
package enum PathPattern {
    /// The paths that match, relative to `directory` when the pattern is, in the order of a sorted walk.
    ///
    /// Wildcards do not match a dot at the start of a name; `**` stands for any number of directories and does not
    /// enter symbolic links.
    package static func expand(_ pattern: String, from directory: String) -> [String] {
        let parts = pattern.split(separator: "/").map(String.init)
        var search = Search(directory: directory, wantsDirectory: pattern.hasSuffix("/"))
        search.visit(pattern.hasPrefix("/") ? "/" : "", parts[...])
        return search.found
    }

    private struct Search {
        let directory: String
        let wantsDirectory: Bool
        var found: [String] = []

        private func absolute(_ path: String) -> String { path.isEmpty ? directory : Paths.join(directory, path) }

        mutating func visit(_ base: String, _ parts: ArraySlice<String>) {
            guard let part = parts.first else {
                if base.isEmpty || (wantsDirectory && !Files.isDirectory(absolute(base))) { return }
                return found.append(base)
            }
            let rest = parts.dropFirst()
            if part == "**" { return descend(base, rest) }
            if !PathPattern.hasWildcard(part) {
                let path = Paths.join(base, part)
                if (try? Files.status(absolute(path))) ?? nil != nil { visit(path, rest) }
                return
            }
            for entry in entries(base) where PathPattern.isShown(entry.name, part) {
                if NamePattern.matches(entry.name, part) { visit(Paths.join(base, entry.name), rest) }
            }
        }

        /// Matches the rest here and in every directory below; with no rest, everything below.
        private mutating func descend(_ base: String, _ rest: ArraySlice<String>) {
            visit(base, rest)
            for entry in entries(base) where !entry.name.hasPrefix(".") {
                let path = Paths.join(base, entry.name)
                if entry.kind == .directory {
                    descend(path, rest)
                } else if rest.isEmpty {
                    visit(path, rest)
                }
            }
        }

        private func entries(_ base: String) -> [DirectoryEntry] {
            (try? Files.entries(in: absolute(base))) ?? []
        }
    }

    private static func hasWildcard(_ part: String) -> Bool { part.contains { "*?[".contains($0) } }

    private static func isShown(_ name: String, _ pattern: String) -> Bool {
        !name.hasPrefix(".") || pattern.hasPrefix(".")
    }
}
