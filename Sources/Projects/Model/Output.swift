import Basics
package import Metafiles
package import ObjectStore

/// A file or directory under version control.
package struct Output: Sendable {
    /// Absolute and normalized.
    package let path: String
    /// What the `.dvc` file records.
    package var entry: Entry
    /// Whether the path lies in the project, and so may be written.
    package let isInProject: Bool

    init(entry: Entry, directory: String, root: String) {
        self.entry = entry
        path = Paths.absolute(entry.path, from: directory)
        isInProject = Paths.inside(path, of: root) != nil && !Paths.isSameOrInside(path, Paths.join(root, ".dvc"))
    }

    /// The recorded object of the cache; nil when nothing, or nothing of the kind, is recorded.
    package var object: ObjectID? {
        guard let hash = entry.hash, hash.algorithm == .md5 || hash.algorithm == .md5DOS2Unix else { return nil }
        return ObjectID(hash.value)
    }

    package var isLegacy: Bool { entry.isLegacy }
}
