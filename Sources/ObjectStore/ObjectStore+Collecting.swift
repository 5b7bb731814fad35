import Basics
import CSystem
import Digests
import Glibc
import Synchronization

extension ObjectStore {
    /// An object named, or listed by one that is: the tree itself and all its files.
    ///
    /// A tree the store lacks stands alone. Throws for one that is no manifest.
    package func objects(of id: ObjectID) throws -> Set<ObjectID> {
        var ids: Set<ObjectID> = [id]
        if id.isTree, let tree = try tree(id) { ids.formUnion(tree.files(below: "")) }
        return ids
    }

    /// An object that is not used any more.
    package struct Unused: Hashable, Sendable {
        package let id: ObjectID
        package let size: Int
    }

    /// Removes the objects that are not among those used, and what died processes left; returns the objects, sorted.
    ///
    /// With `dryRun` nothing is removed. Temporary files go when nobody has written to them for a day.
    package func collect(keeping used: Set<ObjectID>, dryRun: Bool = false, threads: Int = 2) throws -> [Unused] {
        guard descriptor() != nil else { return [] }
        let removed = Mutex<[Unused]>([])
        try forEachPrefix(threads: threads) { store, prefix in
            var part: [Unused] = []
            for name in try store.names(prefix: prefix) {
                if let id = ObjectID(prefix + name) {
                    if used.contains(id) { continue }
                    let size = try Files.status(store.path(of: id))?.size ?? 0
                    if !dryRun { try store.remove(id) }
                    part.append(Unused(id: id, size: size))
                } else if !dryRun, TemporaryNames.matches(name.utf8) {
                    store.removeStale(prefix + "/" + name)
                }
            }
            removed.withLock { $0 += part }
        }
        return removed.withLock { $0 }.sorted { $0.id < $1.id }
    }

    private func removeStale(_ name: String) {
        var status = stat()
        guard let folder = descriptor(), fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
            status.st_mode & S_IFMT == S_IFREG
        else { return }
        let age = apus_file_clock() / 1_000_000_000 - Int64(status.st_mtim.tv_sec)
        if age > 86_400 { unlinkat(folder, name, 0) }
    }
}
