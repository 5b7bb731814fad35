import Basics
import CSystemCalls
import Digests
import Glibc
import Synchronization

extension ObjectStore {
    /// What became of the objects of a store of another hash kind.
    package struct Migration: Sendable {
        /// The new name of each file object, and of each directory all of whose files are there.
        package var names: [ObjectID: ObjectID] = [:]
        /// How many of the new names were not there before.
        package var added = 0
        /// Objects with wrong bytes, and directories that list a file that is missing; they stay as they are.
        package var skipped: [ObjectID] = []
    }

    /// Makes the objects of a legacy store known here under the MD5 of their bytes, by a second name where possible.
    ///
    /// With `dryRun` only the names are computed.
    package func migrate(from legacy: ObjectStore, dryRun: Bool = false, threads: Int = 2) throws -> Migration {
        let ids = try legacy.list(threads: threads)
        var migration = try migrateFiles(ids.filter { !$0.isTree }, from: legacy, dryRun: dryRun, threads: threads)
        for id in ids where id.isTree {
            guard let tree = try? legacy.tree(id), let new = tree.renamed(by: migration.names) else {
                migration.skipped.append(id)
                continue
            }
            migration.names[id] = new.id
            if try containsVerified(new.id) { continue }
            migration.added += 1
            if dryRun { continue }
            // With all names unchanged the manifest is the same file.
            if new.id == id { try adopt(id, as: id, from: legacy) } else { try insert(new) }
        }
        migration.skipped.sort()
        return migration
    }

    private func migrateFiles(
        _ ids: [ObjectID],
        from legacy: ObjectStore,
        dryRun: Bool,
        threads: Int
    ) throws -> Migration {
        let next = Atomic<Int>(0)
        let shared = Mutex(Migration())
        try Crew.run(threads: threads) { _ in
            while true {
                let position = next.wrappingAdd(1, ordering: .relaxed).oldValue
                if position >= ids.count { return }
                let id = ids[position]
                guard try legacy.containsVerified(id) else {
                    shared.withLock { $0.skipped.append(id) }
                    continue
                }
                let new = ObjectID(digest: try FileContent.hash(legacy.path(of: id), kind: .md5))
                let isNew = try !self.containsVerified(new)
                if isNew, !dryRun { try self.adopt(id, as: new, from: legacy) }
                shared.withLock { migration in
                    migration.names[id] = new
                    if isNew { migration.added += 1 }
                }
            }
        }
        return shared.withLock { $0 }
    }

    /// Gives an object of another store its name in this one.
    private func adopt(_ id: ObjectID, as new: ObjectID, from legacy: ObjectStore) throws {
        let source = legacy.path(of: id)
        _ = try descriptorForWriting()
        try makePrefix(of: new)
        if linkat(AT_FDCWD, source, AT_FDCWD, path(of: new), 0) == 0 || errno == EEXIST { return }
        let descriptor = try Files.open(source, O_RDONLY | O_CLOEXEC)
        defer { _ = close(descriptor) }
        let object = try TemporaryObject(self, beside: new)
        let digest = try FileContent.hash(descriptor, kind: .md5, path: source) { try object.write($0) }
        if digest != new.digest { throw StoreError.changedWhileRead(source) }
        try object.commit(new)
    }
}

extension Tree {
    /// The tree with the checksums of its files replaced; nil when one has no new name.
    fileprivate func renamed(by names: [ObjectID: ObjectID]) -> Tree? {
        var builder = TreeBuilder(fileCount: count, pathBytes: pathBytesCount, hasSizes: false)
        for index in 0..<count {
            guard let new = names[ObjectID(digest: digest(at: index))] else { return nil }
            withPath(at: index) { builder.append($0, digest: new.digest, size: nil) }
        }
        return builder.finish()
    }
}
