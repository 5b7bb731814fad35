import Basics
import Configuration
import Metafiles
package import ObjectStore
import Remotes

extension Project {
    /// The objects that the outputs of the targets consist of, by the store they are in.
    private func objects(_ targets: [String]) throws -> [(store: ObjectStore, kind: HashKind, ids: [ObjectID])] {
        var current: Set<ObjectID> = []
        var legacy: Set<ObjectID> = []
        let index = try collect()
        for selection in try select(targets, in: index) {
            let (stage, filter) = (index.stages[selection.position], selection.filter)
            for output in stage.outputs(holding: filter) where output.entry.usesCache && output.entry.isPushed {
                guard let id = output.object else { continue }
                if output.isLegacy { legacy.insert(id) } else { current.insert(id) }
            }
        }
        return [(store, .md5, current.sorted()), (legacyStore, .md5DOS2Unix, legacy.sorted())].filter {
            !$0.ids.isEmpty
        }
    }

    /// Sends the data of the targets to a remote.
    package func push(_ targets: [String], to remote: String?, jobs: Int?) throws -> TransferResult {
        var total = TransferResult()
        for (store, kind, ids) in try objects(targets) {
            let transfer = Transfer(store: store, remote: try openRemote(remote, kind: kind), jobs: jobs)
            total.join(try transfer.push(ids))
        }
        return total
    }

    /// Brings the data of the targets that is not in the cache from a remote; needs no remote when nothing lacks.
    package func fetch(_ targets: [String], from remote: String?, jobs: Int?) throws -> TransferResult {
        var total = TransferResult()
        for (store, kind, ids) in try objects(targets) where try isIncomplete(ids, store) {
            let transfer = Transfer(store: store, remote: try openRemote(remote, kind: kind), jobs: jobs)
            total.join(try transfer.fetch(ids))
        }
        return total
    }

    private func isIncomplete(_ ids: [ObjectID], _ store: ObjectStore) throws -> Bool {
        for id in ids {
            guard store.contains(id) else { return true }
            let needed = try store.objects(of: id)
            if try store.existing(among: Array(needed)).count < needed.count { return true }
        }
        return false
    }

    func openRemote(_ name: String?, kind: HashKind) throws -> any Remote {
        guard let name = name ?? configuration.defaultRemoteName else { throw ProjectError.noRemote }
        let settings = try configuration.remote(name)
        if !settings.scheme.isEmpty { throw ProjectError.unsupportedRemote(settings.url) }
        return LocalRemote(root: settings.url, kind: kind)
    }
}

extension TransferResult {
    fileprivate mutating func join(_ other: TransferResult) {
        transferred += other.transferred
        missing += other.missing
        failed += other.failed
        held += other.held
        bytes += other.bytes
    }
}
