import Tables

/// The answer of `ls --tree`.
package struct ListingTree: Sendable, Hashable {
    /// The file or directory; its path is its name alone, but for the root.
    package var entry: Listing.Entry
    package var contents: [ListingTree]

    /// Creates a node; its contents are put in the order of code points.
    package init(entry: Listing.Entry, contents: [ListingTree] = []) {
        self.entry = entry
        self.contents = contents.sorted { $0.entry.path.precedes($1.entry.path) }
    }

    /// Returns the answer as text for a terminal.
    package func text(size: Bool = false, hash: Bool = false) -> String {
        Table(
            rows: lines.map { $0.entry.row(name: $0.name, size: size, hash: hash) },
            alignments: size ? [.right] : [],
            keepsBlanks: true
        ).text(.plain)
    }

    private struct Line {
        let entry: Listing.Entry
        let name: String
    }

    /// The nodes top down, each with the strokes before its name.
    private var lines: [Line] {
        var lines = [Line(entry: entry, name: entry.path)]
        var open: [(prefix: String, rest: ArraySlice<ListingTree>)] = [("", contents[...])]
        while var level = open.popLast() {
            guard let node = level.rest.popFirst() else { continue }
            let isLast = level.rest.isEmpty
            lines.append(Line(entry: node.entry, name: level.prefix + (isLast ? "└── " : "├── ") + node.entry.path))
            open.append(level)
            open.append((level.prefix + (isLast ? "    " : "│   "), node.contents[...]))
        }
        return lines
    }
}
