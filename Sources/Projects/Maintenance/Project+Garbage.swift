import Basics
import Configuration
import Metafiles
import ObjectStore
import OrderedCollections

extension Project {
    /// Removes the objects that nobody uses from the cache, and from the remotes if asked.
    ///
    /// The manifests that lack are first looked for in the remote. `confirm` is asked about a directory whose manifest
    /// is nowhere, since its files cannot be kept; no throws. `onFault` is told of revisions passed over. Objects that
    /// come into a cache while this runs stay, as another project may have put them there.
    package func collectGarbage(
        _ options: GarbageOptions,
        confirm: (String) -> Bool,
        onFault: @escaping (String) -> Void = { _ in }
    ) throws -> [GarbageRemoved] {
        let start = ObjectStore.now
        let remote = options.remote ?? configuration.defaultRemoteName
        let others = try otherProjects(options.projects)
        defer { for other in others { other.lock.release() } }
        var live = LiveObjects()
        for project in others + [self] {
            try project.addLiveObjects(options, remote: remote, owner: self, to: &live, confirm, onFault)
        }
        if options.cleansRemotes || options.onlyAbsent {
            guard let remote else { throw ProjectError.noRemote }
            live.completePlaces(with: try configuration.remote(remote).name)
        }
        let kept = options.onlyAbsent ? try absentFromRemotes(live, options.jobs) : live.byKind
        var removed = try [store, legacyStore].map { store in
            try Self.clean(store, keeping: kept[store.kind] ?? [], isDryRun: options.isDryRun, before: start)
        }
        if options.cleansRemotes {
            for (place, ids) in live.places {
                removed.append(try clean(place, keeping: ids.union(live.foreign[place.kind] ?? []), options))
            }
        }
        return removed
    }

    /// The other projects that are named, each once, with their locks taken.
    private func otherProjects(_ paths: [String]) throws -> [Project] {
        var roots: Set<String> = [Files.canonical(root) ?? root]
        let projects = try paths.map { try Project(environment.moved(to: absolute($0))) }.filter { project in
            roots.insert(Files.canonical(project.root) ?? project.root).inserted
        }
        for project in projects { try project.lock.acquire() }
        return projects
    }

    private func addLiveObjects(
        _ options: GarbageOptions,
        remote: String?,
        owner: Project,
        to live: inout LiveObjects,
        _ confirm: (String) -> Bool,
        _ onFault: @escaping (String) -> Void
    ) throws {
        let isForeign = owner !== self
        let selection = DataSelection(revisions: options.revisions, remote: isForeign ? nil : remote)
        let skip = { (name: String, error: any Error) in onFault("\(name): \(error)") }
        let used = try usedData(selection, onFault: options.skipsFailed ? skip : nil) { _ in true }
        for (place, part) in used.places {
            let ids = try objects(of: part, in: place, jobs: options.jobs, confirm)
            let home = isForeign ? UsedData.Place(remote: remote, kind: place.kind) : place
            live.add(ids, to: home, isForeign: isForeign)
        }
    }

    /// The objects of a part, with the files of directories.
    private func objects(
        of part: UsedData.Part,
        in place: UsedData.Place,
        jobs: Int?,
        _ confirm: (String) -> Bool
    ) throws -> Set<ObjectID> {
        let store = store(of: place.kind)
        // Whatever goes wrong here, the question below is asked.
        try? fetchManifests(part.names.keys.filter { $0.isTree && !store.contains($0) }, from: place, jobs: jobs)
        var ids = Set(part.names.keys)
        for (id, path) in part.names where id.isTree {
            if let files = try? store.tree(id)?.files(in: nil) {
                ids.formUnion(files)
            } else if !confirm(shown(path)) {
                throw SharingError.missingManifest(shown(path))
            }
        }
        return ids
    }

    /// The objects among those used that none of the remotes has.
    private func absentFromRemotes(_ live: LiveObjects, _ jobs: Int?) throws -> [HashKind: Set<ObjectID>] {
        var present: Set<ObjectID> = []
        for (place, ids) in live.places where place.remote != nil {
            let remote = try openRemote(place.remote, kind: place.kind)
            present.formUnion(try remote.existing(among: ids.sorted(), jobs: jobs ?? remote.preferredJobs))
        }
        return live.byKind.mapValues { $0.subtracting(present) }
    }

    private static func clean(
        _ store: ObjectStore,
        keeping used: Set<ObjectID>,
        isDryRun: Bool,
        before moment: Int
    ) throws -> GarbageRemoved {
        let unused = try store.collect(keeping: used, dryRun: isDryRun, before: moment)
        return GarbageRemoved(
            place: store.kind == .md5 ? .cache : .legacyCache,
            paths: unused.map { store.path(of: $0.id) },
            bytes: unused.reduce(0) { $0 + $1.size }
        )
    }

    private func clean(
        _ place: UsedData.Place,
        keeping used: Set<ObjectID>,
        _ options: GarbageOptions
    ) throws -> GarbageRemoved {
        let remote = try openRemote(place.remote, kind: place.kind)
        let jobs = options.jobs ?? remote.preferredJobs
        let unused = try remote.list(jobs: jobs).filter { !used.contains($0) }.sorted()
        if !options.isDryRun {
            // Manifests first: where one is, its files are taken to be there too.
            for isTree in [true, false] { try remote.remove(unused.filter { $0.isTree == isTree }, jobs: jobs) }
        }
        let folder = Paths.join(remote.address, place.kind.folder)
        let paths = unused.map { Paths.join(folder, $0.relativePath) }
        return GarbageRemoved(place: .remote(remote.address), paths: paths, bytes: nil)
    }
}
