import Basics
import ObjectStore
import Tracking

/// An output at one time, or what a target means of one.
struct DataPart {
    let output: Output
    /// What is meant inside of the output; nil for all of it.
    var inner: String?
    /// What the output is recorded with, or what it is in the workspace.
    let id: ObjectID?
    /// Lists the directory; nil when the listing is nowhere to be had.
    let tree: () throws -> Tree?

    /// Whether both are the same data at one place.
    func isSame(as other: DataPart) -> Bool {
        id == other.id && inner == other.inner && output.isLegacy == other.output.isLegacy
    }

    /// The output and, where `isListed` is true, the files in it; paths are relative to `root`.
    func items(isListed: Bool, root: String) throws -> [DataItem] {
        let path = Paths.relative(output.path, to: root)
        guard let id, id.isTree else { return inner == nil ? [item(path, hash: id)] : [] }
        let tree = isListed || inner != nil ? try tree() : nil
        if let inner {
            guard let tree else { return [] }
            let range = tree.index(of: inner).map { $0..<($0 + 1) } ?? tree.range(below: inner)
            return range.map { item(path, tree, $0) }
        }
        var items = [item(path, hash: id)]
        items[0].isDirectory = true
        guard isListed else { return items }
        guard let tree else {
            items[0].isUnlisted = true
            return items
        }
        items.reserveCapacity(tree.count + 1)
        for index in 0..<tree.count { items.append(item(path, tree, index)) }
        return items
    }

    private func item(_ path: String, _ tree: Tree, _ index: Int) -> DataItem {
        item(path + "/" + tree.path(at: index), hash: ObjectID(digest: tree.digest(at: index)))
    }

    private func item(_ path: String, hash: ObjectID?) -> DataItem {
        DataItem(path: path, hash: hash?.description, isLegacy: output.isLegacy)
    }
}

extension Project {
    /// An output as it is in the workspace; nil when nothing is there.
    func currentPart(of part: DataPart) throws -> DataPart? {
        let output = part.output
        // A link that leads nowhere counts as nothing, as for DVC.
        guard try Files.status(output.path, followLinks: true) != nil else { return nil }
        let workspace = workspace(for: output)
        guard let state = try workspace.currentState(of: output.path) else { return nil }
        return DataPart(output: output, inner: part.inner, id: state.id) {
            try workspace.currentTree(of: output.path)
        }
    }

    /// The objects of old items that the cache lacks.
    func missing(among items: [DataItem]) throws -> Set<DataItem> {
        var missing: Set<DataItem> = []
        for isLegacy in [false, true] {
            let store = isLegacy ? legacyStore : store
            let candidates = items.filter { $0.isLegacy == isLegacy && $0.hash != nil }
            let existing = try store.existing(among: candidates.compactMap { $0.hash.flatMap { ObjectID($0) } })
            for item in candidates {
                if let id = item.hash.flatMap({ ObjectID($0) }), existing.contains(id) { continue }
                missing.insert(item)
            }
        }
        return missing
    }

    /// Whether the object of a part, and for a directory all objects of its files, is in the cache.
    func isCached(_ part: DataPart) throws -> Bool {
        guard let id = part.id else { return false }
        return try store(for: part.output).containsAll(of: id)
    }
}
