/// The answer of `diff`: which tracked data differs between two revisions.
///
/// Paths of directories end in `/`. Each list is in the order of code points.
package struct DataDiff: Sendable, Hashable {
    /// A path and its hash.
    package struct Entry: Sendable, Hashable {
        package var path: String
        package var hash: String?

        /// Creates an entry.
        package init(path: String, hash: String?) {
            self.path = path
            self.hash = hash
        }
    }

    /// A path whose data changed.
    package struct Modification: Sendable, Hashable {
        package var path: String
        package var oldHash: String?
        package var newHash: String?

        /// Creates a modification.
        package init(path: String, oldHash: String?, newHash: String?) {
            self.path = path
            self.oldHash = oldHash
            self.newHash = newHash
        }
    }

    /// Data that is now at another path.
    package struct Renaming: Sendable, Hashable {
        package var oldPath: String
        package var newPath: String
        package var hash: String?

        /// Creates a renaming.
        package init(oldPath: String, newPath: String, hash: String?) {
            self.oldPath = oldPath
            self.newPath = newPath
            self.hash = hash
        }
    }

    package var added: [Entry] = []
    package var deleted: [Entry] = []
    package var modified: [Modification] = []
    package var renamed: [Renaming] = []
    /// The old data that the cache lacks; found only when comparing with the workspace.
    package var notInCache: [Entry] = []

    /// Creates an answer without differences.
    package init() {}

    /// Whether nothing differs and nothing is missing.
    package var isEmpty: Bool {
        added.isEmpty && deleted.isEmpty && modified.isEmpty && renamed.isEmpty && notInCache.isEmpty
    }
}
