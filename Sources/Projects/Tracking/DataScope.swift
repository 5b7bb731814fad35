import Basics
import Tracking

/// The paths that an answer is limited to; all of them without targets.
struct DataScope {
    private let targets: [String]

    init(_ targets: [String]) { self.targets = targets }

    /// Whether the path, which may end in `/`, is a target or below one.
    func contains(_ path: String) -> Bool {
        if targets.isEmpty { return true }
        let path = path.hasSuffix("/") ? String(path.dropLast()) : path
        return targets.contains { $0 == "." || Paths.isSameOrInside(path, $0) }
    }

    /// Whether something at or below the path, or around it, is meant.
    func touches(_ path: String) -> Bool { contains(path) || targets.contains { Paths.isSameOrInside($0, path) } }

    func restrict(_ changes: DataChanges) -> DataChanges {
        if targets.isEmpty { return changes }
        var changes = changes
        changes.modified.removeAll { !contains($0) }
        changes.added.removeAll { !contains($0) }
        changes.deleted.removeAll { !contains($0) }
        changes.unknown.removeAll { !contains($0) }
        changes.renamed.removeAll { !contains($0.new) }
        return changes
    }
}
