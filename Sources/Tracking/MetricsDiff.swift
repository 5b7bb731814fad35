package import Tables
package import Values

/// The answer of `metrics diff`.
package struct MetricsDiff: Sendable, Hashable {
    /// What differs.
    package let files: FilesDiff
    /// The revisions, as named, of which something could not be read; for the note on standard error.
    package let failedRevisions: [String]
    /// What could not be read, of both revisions.
    package let failures: [ReadFailure]
    private let oldName: String
    private let newName: String

    /// Compares the metrics of two revisions, given as the whole values of the files.
    ///
    /// The names are those of the revisions as typed. Unchanged metrics are kept when `all` is true.
    package init(
        old: TrackedFiles,
        new: TrackedFiles,
        oldName: String = "HEAD",
        newName: String = "workspace",
        all: Bool = false
    ) {
        files = FilesDiff(old: old.metrics, new: new.metrics, keepsUnchanged: all)
        failedRevisions = (old.hasFailure ? [oldName] : []) + (new.hasFailure ? [newName] : [])
        failures = old.failures + new.failures
        self.oldName = oldName
        self.newName = newName
    }

    /// The answer as a table, with floats rounded to `precision` decimals (0 counts as 5, as in DVC).
    package func table(showsPath: Bool = true, precision: Int = 5) -> Table {
        files.table(
            .init(title: "Metric", old: oldName, new: newName, path: showsPath, change: true),
            digits: precision == 0 ? 5 : precision
        )
    }

    /// The answer as DVC's JSON, with unrounded numbers.
    package var json: Value { files.json }
}
