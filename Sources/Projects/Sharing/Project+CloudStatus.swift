import Basics
import Metafiles
import ObjectStore
import OrderedCollections
package import Tracking

extension Project {
    /// What of the data differs between the cache and the remote; nil when the project has no stages.
    ///
    /// Data with a remote of its own is not looked at, as in DVC. A manifest that only the remote has is brought, since
    /// nothing else tells the files of the directory; a directory whose manifest is nowhere is passed over.
    package func cloudStatus(_ selection: DataSelection, jobs: Int? = nil) throws -> CloudStatus? {
        let used = try usedData(selection) { $0.output.entry.isPushed && $0.output.entry.remote == nil }
        var found = FoundStates()
        for (place, part) in used.places {
            let store = store(of: place.kind)
            try? fetchManifests(part.names.keys.filter { $0.isTree && !store.contains($0) }, from: place, jobs: jobs)
            let known = part.names.filter { !$0.key.isTree || store.contains($0.key) }
            if known.isEmpty { continue }
            let status = try transfer(place, jobs: jobs).status(known.keys, parts: part.parts)
            if status.missingInStore.isEmpty, status.missingInRemote.isEmpty { continue }
            for (id, path) in known {
                let name = shown(path)
                found.add(id, name, status)
                guard id.isTree, let tree = try store.tree(id) else { continue }
                for index in tree.positions(in: part.parts[id]) {
                    found.add(ObjectID(digest: tree.digest(at: index)), status) {
                        Paths.join(name, tree.path(at: index))
                    }
                }
            }
        }
        let items = found.items
        if items.isEmpty, try collect().stages.isEmpty { return nil }
        return CloudStatus(items: items)
    }

    /// Brings manifests into the cache, without the files of the directories.
    func fetchManifests(_ ids: [ObjectID], from place: UsedData.Place, jobs: Int?) throws {
        if ids.isEmpty || place.remote == nil { return }
        _ = try transfer(place, jobs: jobs).fetchManifests(ids)
    }
}

/// The objects that differ, each under the first path it has; of those under one path, DVC shows one.
private struct FoundStates {
    private var states: [String: CloudStatus.State] = [:]
    private var seen: Set<ObjectID> = []

    mutating func add(_ id: ObjectID, _ name: @autoclosure () -> String, _ status: TransferStatus) {
        add(id, status, name)
    }

    mutating func add(_ id: ObjectID, _ status: TransferStatus, _ name: () -> String) {
        let isHere = !status.missingInStore.contains(id)
        let isThere = !status.missingInRemote.contains(id)
        if isHere && isThere || !seen.insert(id).inserted { return }
        let state: CloudStatus.State = isHere ? .new : isThere ? .deleted : .missing
        let name = name()
        if let known = states[name], Self.rank(known) > Self.rank(state) { return }
        states[name] = state
    }

    /// In DVC's order of states, and by path.
    var items: [CloudStatus.Item] {
        states.sorted { first, second in
            if first.value != second.value { return Self.rank(first.value) < Self.rank(second.value) }
            return first.key.utf8.lexicographicallyPrecedes(second.key.utf8)
        }.map { CloudStatus.Item(path: $0.key, state: $0.value) }
    }

    private static func rank(_ state: CloudStatus.State) -> Int {
        switch state {
        case .deleted: 0
        case .new: 1
        case .missing: 2
        }
    }
}
