import OrderedCollections
import Tables
package import Values

/// The answer of `ls`: the files of a project, tracked by Git or by DVC.
package struct Listing: Sendable, Hashable {
    /// A file or directory.
    package struct Entry: Sendable, Hashable {
        /// The path below what is listed.
        package var path: String
        /// Whether it is an output.
        package var isOutput: Bool
        package var isDirectory: Bool
        package var isExecutable: Bool
        /// The size in bytes, when known.
        package var size: Int?
        /// The hash of data that is tracked.
        package var hash: String?

        /// Creates an entry.
        package init(
            path: String,
            isOutput: Bool = false,
            isDirectory: Bool = false,
            isExecutable: Bool = false,
            size: Int? = nil,
            hash: String? = nil
        ) {
            self.path = path
            self.isOutput = isOutput
            self.isDirectory = isDirectory
            self.isExecutable = isExecutable
            self.size = size
            self.hash = hash
        }
    }

    package var entries: [Entry]

    /// Takes the entries and puts them in the order of code points.
    package init(entries: [Entry]) {
        self.entries = entries.sorted { $0.path.precedes($1.path) }
    }

    /// Returns the answer as text for a terminal: a path a line, or a table with sizes and hashes.
    package func text(size: Bool = false, hash: Bool = false) -> String {
        guard size || hash else { return entries.map(\.path).joined(separator: "\n") + "\n" }
        return Table(
            rows: entries.map { $0.row(name: $0.path, size: size, hash: hash) },
            alignments: size ? [.right] : []
        ).text(.plain)
    }

    /// The answer as DVC's JSON.
    package var json: Value {
        .list(
            entries.map { entry in
                .map([
                    "isout": .bool(entry.isOutput), "isdir": .bool(entry.isDirectory),
                    "isexec": .bool(entry.isExecutable), "size": entry.size.map(Value.int) ?? .null,
                    "md5": entry.hash.map(Value.string) ?? .null, "path": .string(entry.path),
                ])
            }
        )
    }
}

extension Listing.Entry {
    /// The cells of the entry in a table.
    func row(name: String, size showsSize: Bool, hash showsHash: Bool) -> [String] {
        var row: [String] = []
        if showsSize {
            let shown = size.flatMap { $0 <= 0 && isDirectory ? nil : $0 }
            row.append(shown.map(HumanSize.text) ?? "")
        }
        if showsHash { row.append(hash ?? "-") }
        return row + [name]
    }
}
