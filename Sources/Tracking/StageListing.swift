import Tables

/// Stages with a line of text for each, as `stage list` shows them.
package struct StageListing: Hashable, Sendable {
    /// A stage.
    package struct Row: Hashable, Sendable {
        /// The address of the stage.
        package let stage: String
        package let text: String

        package init(stage: String, text: String) {
            self.stage = stage
            self.text = text
        }
    }

    package let rows: [Row]

    package init(rows: [Row]) {
        self.rows = rows
    }

    /// The table, its texts cut to 80 characters; of the names alone if `namesOnly`.
    package func text(namesOnly: Bool = false) -> String {
        Table(rows: rows.map { [$0.stage, namesOnly ? "" : Self.cut($0.text)] }).text(.plain)
    }

    private static func cut(_ text: String) -> String {
        let scalars = text.unicodeScalars
        if scalars.count <= 80 { return text }
        return String(scalars.prefix(79)) + "…"
    }
}
