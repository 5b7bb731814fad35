import OrderedCollections
import Values

/// The changes of tracked data between two of last commit, metafiles and workspace.
///
/// Paths of directories end in `/`.
package struct DataChanges: Sendable, Hashable {
    /// Data that is now at another path.
    package struct Renaming: Sendable, Hashable {
        package var old: String
        package var new: String

        /// Creates a renaming.
        package init(old: String, new: String) {
            self.old = old
            self.new = new
        }
    }

    package var modified: [String] = []
    package var added: [String] = []
    package var deleted: [String] = []
    package var renamed: [Renaming] = []
    /// Data whose directory is not in the cache, so that no more can be said.
    package var unknown: [String] = []

    /// Creates the absence of changes.
    package init() {}

    /// The changes as lines of text, in the order in which they are shown.
    var lines: [String] {
        let renamings = renamed.map { "renamed: \($0.old) -> \($0.new)" }
        let additions = added.map { "added: \($0)" }
        return modified.map { "modified: \($0)" } + unknown.map { "unknown: \($0)" }
            + (renamesFirst ? renamings + additions : additions + renamings) + deleted.map { "deleted: \($0)" }
    }

    /// DVC shows first the kind whose first new path is the lower one.
    private var renamesFirst: Bool {
        guard let renaming = renamed.first, let addition = added.first else { return true }
        return DataItem.precedes(renaming.new, addition)
    }

    /// The changes as in DVC's JSON; empty kinds are left out.
    var json: Value {
        let renamings = renamed.map { Value.map(["old": .string($0.old), "new": .string($0.new)]) }
        let kinds: [(Value.Key, [Value])] = [
            ("modified", modified.map(Value.string)), ("unknown", unknown.map(Value.string)), ("renamed", renamings),
            ("added", added.map(Value.string)), ("deleted", deleted.map(Value.string)),
        ]
        return .map(Value.Map(uniqueKeysWithValues: kinds.filter { !$0.1.isEmpty }.map { ($0, .list($1)) }))
    }
}
