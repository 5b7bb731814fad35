import Tables

/// The answer of `du`: sizes by path.
package struct DiskUsage: Sendable, Hashable {
    /// A path and the bytes below it.
    package struct Entry: Sendable, Hashable {
        package var path: String
        package var bytes: Int

        /// Creates an entry.
        package init(path: String, bytes: Int) {
            self.path = path
            self.bytes = bytes
        }
    }

    package var entries: [Entry]

    /// Takes the entries in the order to show.
    package init(entries: [Entry]) {
        self.entries = entries
    }

    /// The answer as text for a terminal.
    package var text: String {
        Table(rows: entries.map { [HumanSize.text($0.bytes), $0.path] }).text(.plain)
    }
}
