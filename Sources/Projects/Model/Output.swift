import Basics
package import Metafiles
package import ObjectStore
import OrderedCollections
import Pipelines
import Values

/// A file or directory under version control.
package struct Output: Sendable {
    /// Absolute and normalized.
    package let path: String
    /// What the metafiles say of it: its flags and what was recorded of its data.
    package var entry: Entry
    /// Whether the path lies in the project, and so may be written.
    package let isInProject: Bool

    init(entry: Entry, directory: String, root: String) {
        self.entry = entry
        path = Paths.absolute(entry.path, from: directory)
        isInProject = Self.isPlace(path, root: root)
    }

    /// Whether data may be at the path: inside of the project, but not among the files of Git and DVC themselves.
    static func isPlace(_ path: String, root: String) -> Bool {
        guard let inside = Paths.inside(path, of: root) else { return false }
        return !inside.utf8.split(separator: UInt8(ascii: "/")).contains {
            $0.elementsEqual(".git".utf8) || $0.elementsEqual(".dvc".utf8)
        }
    }

    /// An output of a pipeline: `recorded` is what the lock file says of it.
    init(_ definition: OutputDefinition, recorded: Entry?, directory: String, root: String) {
        var entry = recorded ?? Entry(path: definition.path)
        if !definition.usesCache { entry.fields["cache"] = .bool(false) }
        if definition.isPersistent { entry.fields["persist"] = .bool(true) }
        if !definition.isPushed { entry.fields["push"] = .bool(false) }
        if let remote = definition.remote { entry.fields["remote"] = .string(remote) }
        switch definition.kind {
        case .data: break
        case .metric: entry.fields["metric"] = .bool(true)
        case .plot: entry.fields["plot"] = .bool(true)
        }
        self.init(entry: entry, directory: directory, root: root)
    }

    /// The recorded object of the cache; nil when nothing, or nothing of the kind, is recorded.
    package var object: ObjectID? { entry.object }

    package var isLegacy: Bool { entry.isLegacy }
}
