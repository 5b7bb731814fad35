package import Tables
package import Values

/// The answer of `params diff`.
package struct ParameterDiff: Sendable, Hashable {
    /// What differs.
    package let files: FilesDiff
    /// The revisions, as named, of which something could not be read; for the note on standard error.
    package let failedRevisions: [String]
    /// What could not be read, of both revisions.
    package let failures: [ReadFailure]
    private let oldName: String
    private let newName: String

    /// Compares the parameters of two revisions.
    ///
    /// The names are those of the revisions as typed. Unchanged parameters are kept when `all` is true.
    package init(
        old: TrackedFiles,
        new: TrackedFiles,
        oldName: String = "HEAD",
        newName: String = "workspace",
        all: Bool = false
    ) {
        files = FilesDiff(old: old, new: new, keepsUnchanged: all)
        failedRevisions = (old.hasFailure ? [oldName] : []) + (new.hasFailure ? [newName] : [])
        failures = old.failures + new.failures
        self.oldName = oldName
        self.newName = newName
    }

    /// The answer as a table, without the column of paths when `showsPath` is false.
    package func table(showsPath: Bool = true) -> Table {
        files.table(.init(title: "Param", old: oldName, new: newName, path: showsPath, change: false))
    }

    /// The answer as DVC's JSON.
    package var json: Value { files.json }
}
