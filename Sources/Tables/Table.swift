/// A table of texts, written as DVC writes its tables.
///
/// Every column is as wide as its widest cell, and at least two cells wider than its header.
package struct Table: Hashable, Sendable {
    /// How a table is written.
    package enum Style: Hashable, Sendable, CaseIterable {
        /// Columns parted by two blanks.
        case plain
        /// A GitHub-flavoured Markdown table.
        case markdown
    }

    /// On which side a column's texts end flush.
    package enum Alignment: Hashable, Sendable {
        case left
        case right
    }

    /// The header of each column; empty for a table without a header row.
    package var headers: [String]
    /// The cells; a short row is filled up with `-`.
    package var rows: [[String]]
    /// The alignment of the first columns; the others are left-aligned.
    package var alignments: [Alignment]
    /// Whether leading and trailing blanks of a cell are kept.
    package var keepsBlanks: Bool

    /// Creates a table.
    package init(
        headers: [String] = [],
        rows: [[String]],
        alignments: [Alignment] = [],
        keepsBlanks: Bool = false
    ) {
        self.headers = headers
        self.rows = rows
        self.alignments = alignments
        self.keepsBlanks = keepsBlanks
    }

    /// Returns the table as DVC prints it, with the final newline.
    ///
    /// Without rows that is nothing in plain style and the header alone in Markdown, which always ends in an empty line.
    package func text(_ style: Style) -> String {
        switch style {
        case .plain: rows.isEmpty ? "" : lines(style).joined(separator: "\n") + "\n"
        case .markdown: lines(style).joined(separator: "\n") + "\n\n"
        }
    }
}
