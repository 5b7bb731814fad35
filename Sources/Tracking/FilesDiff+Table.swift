import OrderedCollections
package import Tables
import Values

extension FilesDiff {
    /// What a table of changes shows.
    package struct Columns: Sendable, Hashable {
        /// The header of the keys: `Param` or `Metric`.
        package var title: String
        /// The header of the old values: the revision as typed.
        package var old: String
        /// The header of the new values.
        package var new: String
        /// Whether the files are shown.
        package var path: Bool
        /// Whether the differences are shown.
        package var change: Bool

        /// Creates the choice of columns.
        package init(title: String, old: String, new: String, path: Bool, change: Bool) {
            self.title = title
            self.old = old
            self.new = new
            self.path = path
            self.change = change
        }
    }

    /// Returns the changes as a table; floats are rounded to `digits` decimals when given.
    package func table(_ columns: Columns, digits: Int? = nil) -> Table {
        var headers = [columns.title, columns.old, columns.new]
        if columns.path { headers.insert("Path", at: 0) }
        if columns.change { headers.append("Change") }
        var rows: [[String]] = []
        for (file, changes) in changes {
            for (key, change) in changes {
                var row = [key, change.old.cell(digits), change.new.cell(digits)]
                if columns.path { row.insert(file, at: 0) }
                if columns.change { row.append((change.difference ?? .null).cell(digits)) }
                rows.append(row)
            }
        }
        return Table(headers: headers, rows: rows)
    }
}

extension Value {
    /// The value as a cell of a table: `-` for null, else Python's `str()`.
    func cell(_ digits: Int?) -> String {
        if case .null = self { return "-" }
        return (digits.map { Rounding.round(self, digits: $0) } ?? self).pythonText
    }
}
