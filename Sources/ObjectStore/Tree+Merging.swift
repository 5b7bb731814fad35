import Digests

extension Tree {
    /// Brings together what two trees changed of a common one.
    ///
    /// A file that both changed, in different ways, is a conflict; the tree has our version of it then.
    package static func merge(
        ancestor: Tree,
        ours: Tree,
        theirs: Tree
    ) throws(ManifestError) -> (tree: Tree, conflicts: [String]) {
        var files: [String: MD5Digest] = [:]
        for index in 0..<ours.count { files[ours.path(at: index)] = ours.digest(at: index) }
        var conflicts: [String] = []
        for change in changes(from: ancestor, to: theirs) {
            let (old, new) = change.kind.sides
            let current = files[change.path]
            if current == new { continue }
            if current == old { files[change.path] = new } else { conflicts.append(change.path) }
        }
        return (try Tree(files.map { ($0.key, $0.value, nil) }), conflicts)
    }
}

extension TreeChange.Kind {
    /// The checksums before and after; nil where there is no file.
    fileprivate var sides: (old: MD5Digest?, new: MD5Digest?) {
        switch self {
        case .added(let new): (nil, new)
        case .modified(let old, let new): (old, new)
        case .deleted(let old): (old, nil)
        }
    }
}
