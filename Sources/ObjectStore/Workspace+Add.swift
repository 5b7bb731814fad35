import Basics
import Digests
import Glibc

/// What ``Workspace/add(_:existing:existingSize:subpath:relink:commit:)`` did.
package struct Addition: Sendable {
    package let state: OutputState
    /// The files of the output; nil for a single file, and for a directory that has not changed since the last scan.
    package let tree: Tree?
    /// False when some file is in the cache but could not be linked to it by any of the link types.
    package let isLinked: Bool
    /// False when the size of the whole is not known, because a part was added to a directory that is not in the
    /// cache; the state then says 0.
    package var isSizeKnown = true
}

extension Workspace {
    /// Hashes the output and brings what is not yet there into the store; nil when there is nothing at the path.
    ///
    /// With `subpath`, only that file or directory inside the output is looked at, and the result is `existing` with
    /// it replaced, or removed when it is gone; `existingSize` is the recorded size of `existing`. With `relink`, files are linked to the cache by the link types,
    /// otherwise they stay as they are. Without `commit`, nothing but the state is computed. A single file with an
    /// execute bit is never hard-linked or symlinked, whatever the link types.
    package func add(
        _ path: String,
        existing: Tree? = nil,
        existingSize: Int? = nil,
        subpath: String? = nil,
        relink: Bool = true,
        commit: Bool = true
    ) throws -> Addition? {
        guard let subpath, !subpath.isEmpty else {
            return try addWhole(path, relink: relink, commit: commit, needsTree: false)
        }
        var workspace = self
        workspace.filter = filter.isEmpty ? filter : NestedFilter(base: filter, prefix: subpath)
        let part = try workspace.addWhole(path + "/" + subpath, relink: relink, commit: commit, needsTree: true)
        let tree = try Self.replace(subpath, in: existing ?? .empty, by: part)
        if commit { try store.insert(tree) }
        let size = tree.totalSize ?? replacedSize(existingSize, existing, subpath, part)
        return Addition(
            state: OutputState(id: tree.id, size: size ?? 0, fileCount: tree.count),
            tree: tree,
            isLinked: part?.isLinked ?? true,
            isSizeKnown: size != nil
        )
    }

    /// The size of a directory after a part of it was replaced; nil when the old part's size cannot be found out.
    private func replacedSize(_ whole: Int?, _ tree: Tree?, _ subpath: String, _ part: Addition?) -> Int? {
        guard let whole, let tree else { return nil }
        var size = whole + (part?.state.size ?? 0)
        var old = Array(tree.range(below: subpath))
        if let file = tree.index(of: subpath) { old.append(file) }
        for index in old {
            guard let gone = store.size(of: ObjectID(digest: tree.digest(at: index))) else { return nil }
            size -= gone
        }
        return size >= 0 ? size : nil
    }

    private static func replace(_ subpath: String, in tree: Tree, by part: Addition?) throws -> Tree {
        guard let part else { return tree.removing(subpath) }
        if let subtree = part.tree { return try tree.replacing(subpath, with: subtree) }
        return try tree.replacing(subpath, with: part.state.id.digest, size: part.state.size)
    }

    private func addWhole(_ path: String, relink: Bool, commit: Bool, needsTree: Bool) throws -> Addition? {
        guard let scan = try scan(path) else { return nil }
        let types = scan.isSingleExecutable ? linkTypes.filter { $0 == .copy || $0 == .reflink } : linkTypes
        let placement = commit ? Placement(store, types: types.isEmpty ? [.copy] : types, relinks: relink) : nil
        try Intake(scan, store: store, kind: store.kind, placement: placement).run(threads: threads)
        if !needsTree, let state = knownState(scan), !commit || store.presence(of: state.id) == .trusted {
            return Addition(state: state, tree: nil, isLinked: placement?.hasFailed != true)
        }
        if commit, relink { try scan.restrictExecution() }
        let tree = scan.isDirectory ? scan.tree() : nil
        if commit, let tree { try store.insert(tree) }
        remember(scan, id: tree?.id)
        return Addition(state: Self.state(scan, tree), tree: tree, isLinked: placement?.hasFailed != true)
    }
}

/// A filter seen from inside a directory of the output.
struct NestedFilter: PathFilter {
    let base: any PathFilter
    let prefix: String

    var isEmpty: Bool { base.isEmpty }

    func isIgnored(_ relativePath: String, isDirectory: Bool) -> Bool {
        base.isIgnored(prefix + "/" + relativePath, isDirectory: isDirectory)
    }
}

extension Scan {
    /// Whether the output is one file with its owner's execute bit.
    var isSingleExecutable: Bool { !isDirectory && directories[0].files[0].flags.contains(.isExecutable) }

    /// Lets only the owner execute a single file, as a checkout makes it: DVC writes it anew and adds that bit.
    func restrictExecution() throws {
        guard isSingleExecutable, !directories[0].files[0].flags.contains(.isLink) else { return }
        var status = stat()
        if lstat(root, &status) != 0 { throw FileError("examine", root) }
        let others = S_IXGRP | S_IXOTH
        if status.st_mode & others == 0 { return }
        if chmod(root, status.st_mode & 0o7777 & ~others) != 0 || lstat(root, &status) != 0 {
            throw FileError("protect", root)
        }
        let digest = directories[0].files[0].digest
        directories[0].files[0].update(status)
        directories[0].files[0].digest = digest
        isUnchanged = false
    }
}
