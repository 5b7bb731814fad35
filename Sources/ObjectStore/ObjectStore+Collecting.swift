import Basics
import CSystemCalls
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

    /// Whether the object, and of a directory every file of it, is there, of whatever mode.
    package func containsAll(of id: ObjectID, threads: Int = 2) throws -> Bool {
        guard contains(id) else { return false }
        guard id.isTree, let tree = try tree(id) else { return true }
        return try absent(among: tree.sortedFiles(), threads: threads).isEmpty
    }

    /// An object that is not used any more.
    package struct Unused: Hashable, Sendable {
        package let id: ObjectID
        package let size: Int
    }

    /// Removes the objects that are not among those used, and what died processes left; returns the objects, sorted.
    ///
    /// With `dryRun` nothing is removed. Objects that came within the last `grace` seconds, or at `moment` or later,
    /// stay. Temporary files go when nobody has written to them for a day.
    package func collect(
        keeping used: Set<ObjectID>,
        dryRun: Bool = false,
        grace: Int = 0,
        before moment: Int = .max,
        threads: Int = 2
    ) throws -> [Unused] {
        guard descriptor() != nil else { return [] }
        let removed = Mutex<[Unused]>([])
        try forEachPrefix(threads: threads) { store, prefix in
            var part: [Unused] = []
            for name in try store.names(prefix: prefix) {
                if let id = ObjectID(prefix + name) {
                    if used.contains(id) { continue }
                    guard let status = store.status(prefix + "/" + name), store.age(status) >= grace,
                        Self.moment(of: status) < moment
                    else { continue }
                    if !dryRun { try store.remove(id) }
                    part.append(Unused(id: id, size: Int(status.st_size)))
                } else if !dryRun, TemporaryNames.matches(name.utf8) {
                    store.removeStale(prefix + "/" + name)
                }
            }
            removed.withLock { $0 += part }
        }
        return removed.withLock { $0 }.sorted { $0.id < $1.id }
    }

    /// Now, in nanoseconds since 1970 of the clock that files are dated by.
    package static var now: Int { Int(apus_file_clock()) }

    private static func moment(of status: stat) -> Int {
        Int(status.st_ctim.tv_sec) &* 1_000_000_000 &+ Int(status.st_ctim.tv_nsec)
    }

    private func status(_ name: String) -> stat? {
        var status = stat()
        guard let folder = descriptor(), fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        return status
    }

    /// Seconds since the file got its name or its last bytes.
    private func age(_ status: stat) -> Int {
        Int(apus_file_clock() / 1_000_000_000) - Int(status.st_ctim.tv_sec)
    }

    private func removeStale(_ name: String) {
        guard let folder = descriptor(), let status = status(name), status.st_mode & S_IFMT == S_IFREG,
            age(status) > 86_400
        else { return }
        unlinkat(folder, name, 0)
    }
}
