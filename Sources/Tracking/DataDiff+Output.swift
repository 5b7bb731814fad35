import OrderedCollections
package import Tables
package import Values

extension DataDiff {
    /// What is shown of the answer.
    package struct Options: Sendable, Hashable {
        /// Whether hashes are shown.
        package var hash: Bool
        /// Whether data that the cache lacks is left out; always so between two revisions.
        package var hidesMissing: Bool

        /// Creates the options.
        package init(hash: Bool = false, hidesMissing: Bool = false) {
            self.hash = hash
            self.hidesMissing = hidesMissing
        }
    }

    /// Returns the answer as text for a terminal: sections and a summary, or nothing without differences.
    package func text(_ options: Options = Options()) -> String {
        var text = ""
        var summary: [String] = []
        for section in sections(options) where !section.lines.isEmpty {
            text += Self.capitalized(section.state) + ":\n"
            for line in section.lines {
                let hash = options.hash ? line.digest.map { $0 + "  " } ?? "" : ""
                text += "    " + hash + line.path + "\n"
            }
            text += "\n"
            let files = section.lines.count { !$0.path.hasSuffix("/") }
            if files > 0 { summary.append("\(files) \(section.state)") }
        }
        return summary.isEmpty ? text : text + "files summary: " + summary.joined(separator: ", ") + "\n"
    }

    /// Returns the answer as a table for Markdown.
    package func table(_ options: Options = Options()) -> Table {
        Table(
            headers: options.hash ? ["Status", "Hash", "Path"] : ["Status", "Path"],
            rows: sections(options).flatMap { section in
                section.lines.map { line in
                    options.hash ? [section.state, line.digest ?? "", line.path] : [section.state, line.path]
                }
            }
        )
    }

    /// Returns the answer as DVC's JSON.
    package func json(_ options: Options = Options()) -> Value {
        guard !isEmpty else { return .map([:]) }
        var map: Value.Map = [:]
        for state in ["added", "deleted", "modified", "renamed", "not in cache"] {
            guard let section = sections(options).first(where: { $0.state == state }) else { continue }
            map[Value.Key(state)] = .list(
                section.lines.map { line in
                    .map(options.hash ? ["path": line.pathJSON, "hash": line.hashJSON] : ["path": line.pathJSON])
                }
            )
        }
        return .map(map)
    }

    private static func capitalized(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }
}

extension DataDiff {
    private struct Section {
        let state: String
        let lines: [Line]
    }

    private struct Line {
        let path: String
        let pathJSON: Value
        let digest: String?
        let hashJSON: Value
    }

    private func sections(_ options: Options) -> [Section] {
        var sections = [
            Section(state: "added", lines: added.map(Self.line)),
            Section(state: "deleted", lines: deleted.map(Self.line)),
            Section(state: "renamed", lines: renamed.map(Self.line)),
            Section(state: "modified", lines: modified.map(Self.line)),
        ]
        if !options.hidesMissing { sections.append(Section(state: "not in cache", lines: notInCache.map(Self.line))) }
        return sections
    }

    private static func line(_ entry: Entry) -> Line {
        Line(
            path: entry.path,
            pathJSON: .string(entry.path),
            digest: entry.hash.map { String($0.prefix(8)) },
            hashJSON: json(entry.hash)
        )
    }

    private static func line(_ entry: Modification) -> Line {
        Line(
            path: entry.path,
            pathJSON: .string(entry.path),
            digest: "\((entry.oldHash ?? "").prefix(8))..\((entry.newHash ?? "").prefix(8))",
            hashJSON: .map(["old": json(entry.oldHash), "new": json(entry.newHash)])
        )
    }

    private static func line(_ entry: Renaming) -> Line {
        Line(
            path: "\(entry.oldPath) -> \(entry.newPath)",
            pathJSON: .map(["old": .string(entry.oldPath), "new": .string(entry.newPath)]),
            digest: entry.hash.map { String($0.prefix(8)) },
            hashJSON: json(entry.hash)
        )
    }

    private static func json(_ hash: String?) -> Value {
        hash.map { .string($0) } ?? .null
    }
}
