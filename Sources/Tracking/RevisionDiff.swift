package import Tables
package import Values

/// The answer of `params diff` and of `metrics diff`.
package struct RevisionDiff: Sendable, Hashable {
    /// What is compared.
    package enum Subject: Sendable {
        case parameters, metrics
    }

    /// What differs.
    package let files: FilesDiff
    /// The revisions, as named, of which something could not be read; for the note on standard error.
    package let failedRevisions: [String]
    /// What could not be read, of both revisions.
    package let failures: [ReadFailure]
    private let subject: Subject
    private let oldName: String
    private let newName: String

    /// Compares two revisions, given as the values of files: those of metrics as a whole, of parameters the wanted ones.
    ///
    /// The names are those of the revisions as typed. What is unchanged is kept when `all` is true.
    package init(
        of subject: Subject,
        old: TrackedFiles,
        new: TrackedFiles,
        oldName: String = "HEAD",
        newName: String = "workspace",
        all: Bool = false
    ) {
        files =
            switch subject {
            case .parameters: FilesDiff(old: old, new: new, keepsUnchanged: all)
            case .metrics: FilesDiff(old: old.metrics, new: new.metrics, keepsUnchanged: all)
            }
        failedRevisions = (old.hasFailure ? [oldName] : []) + (new.hasFailure ? [newName] : [])
        failures = old.failures + new.failures
        self.subject = subject
        self.oldName = oldName
        self.newName = newName
    }

    /// The answer as a table, without the column of paths when `showsPath` is false.
    ///
    /// Metrics are rounded to `precision` decimals; 0 counts as 5, as in DVC.
    package func table(showsPath: Bool = true, precision: Int = 5) -> Table {
        switch subject {
        case .parameters:
            files.table(.init(title: "Param", old: oldName, new: newName, path: showsPath, change: false))
        case .metrics:
            files.table(
                .init(title: "Metric", old: oldName, new: newName, path: showsPath, change: true),
                digits: precision == 0 ? 5 : precision
            )
        }
    }

    /// The answer as DVC's JSON, with unrounded numbers.
    package var json: Value { files.json }
}
