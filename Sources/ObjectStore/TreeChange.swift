package import Digests

/// A file that differs between two trees.
package struct TreeChange: Hashable, Sendable {
    /// What happened to the file.
    package enum Kind: Hashable, Sendable {
        case added(MD5Digest)
        case modified(from: MD5Digest, to: MD5Digest)
        case deleted(MD5Digest)
    }

    package let path: String
    package let kind: Kind

    package init(path: String, kind: Kind) {
        self.path = path
        self.kind = kind
    }
}

extension Tree {
    /// The files that differ, in the order of their paths.
    package static func changes(from old: Tree, to new: Tree) -> [TreeChange] {
        if old.id == new.id { return [] }
        var changes: [TreeChange] = []
        var (left, right) = (0, 0)
        while left < old.count || right < new.count {
            let order = compare(old, left, new, right)
            if order == 0 {
                let (from, to) = (old.digest(at: left), new.digest(at: right))
                if from != to {
                    changes.append(TreeChange(path: old.path(at: left), kind: .modified(from: from, to: to)))
                }
                left += 1
                right += 1
            } else if order < 0 {
                changes.append(TreeChange(path: old.path(at: left), kind: .deleted(old.digest(at: left))))
                left += 1
            } else {
                changes.append(TreeChange(path: new.path(at: right), kind: .added(new.digest(at: right))))
                right += 1
            }
        }
        return changes
    }

    /// The order of a file of one tree and one of another; the end of a tree sorts last.
    static func compare(_ old: Tree, _ left: Int, _ new: Tree, _ right: Int) -> Int {
        if left >= old.count { return 1 }
        if right >= new.count { return -1 }
        return old.withPath(at: left) { a in new.withPath(at: right) { b in PathBytes.compare(a, b) } }
    }
}
