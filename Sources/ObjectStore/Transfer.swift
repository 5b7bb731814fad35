import Basics
import CSystemCalls
import Digests
import Glibc
import Synchronization

/// Moves objects between a store and a remote, several at a time.
///
/// Directories' manifests go after all their files have arrived, so that one that is there has its files too. What
/// comes from a remote gets its name in the store only when its bytes have that checksum.
package struct Transfer: Sendable {
    package let store: ObjectStore
    package let remote: any Remote
    /// Transfers at a time.
    package var jobs: Int
    /// How often a transient failure is tried again, with growing pauses.
    package var retries = 3
    /// Called after each object, from any thread, one call at a time.
    package var progress: (@Sendable (TransferProgress) -> Void)?

    package init(
        store: ObjectStore,
        remote: any Remote,
        jobs: Int? = nil,
        progress: (@Sendable (TransferProgress) -> Void)? = nil
    ) {
        self.store = store
        self.remote = remote
        self.jobs = max(1, jobs ?? remote.preferredJobs)
        self.progress = progress
    }

    /// Sends objects the remote lacks, with the files of directories among them.
    ///
    /// A directory whose manifest the remote has is still checked for its files, of `parts` for those at the paths.
    package func push(_ ids: some Sequence<ObjectID>, parts: DirectoryParts = [:]) throws -> TransferResult {
        var run = Run()
        let members = try membersInStore(of: ids, parts, &run)
        var wanted = Array(ids) + members.values.joined()
        wanted.sortUnique()
        let absent = try remote.absent(among: wanted, jobs: jobs)
        try send(absent.filter { !$0.isTree }, &run) { upload($0) }
        let missing = run.unavailable
        func isHeld(_ id: ObjectID) -> Bool {
            !missing.isEmpty && members[id]?.contains(where: missing.contains) == true
        }
        let trees = absent.filter { $0.isTree && !isHeld($0) }
        run.hold(absent.filter { $0.isTree && isHeld($0) })
        try send(trees, &run) { upload($0) }
        return run.finish()
    }

    /// Fetches objects the store lacks, with the files of directories among them.
    ///
    /// Of the directories in `parts` only the files at the paths are fetched, beside the manifest.
    package func fetch(_ ids: some Sequence<ObjectID>, parts: DirectoryParts = [:]) throws -> TransferResult {
        var run = Run()
        let ids = Set(ids)
        let trees = ids.filter(\.isTree).sorted()
        // Manifests come first, as only they tell what else is wanted; whoever looks checks for the files too.
        try send(try absentFromStore(trees), &run) { receive($0) }
        var wanted = Array(ids.lazy.filter { !$0.isTree })
        for id in trees where !run.unavailable.contains(id) {
            do {
                guard let tree = try store.tree(id) else { continue }
                wanted += tree.sortedFiles(in: parts[id])
            } catch {
                run.fail(id, error)
            }
        }
        wanted.sortUnique()
        try send(try absentFromStore(wanted), &run, batch: remote.batchSize) { receive($0) }
        return run.finish()
    }

    /// Fetches the manifests that the store lacks, without the files of the directories.
    package func fetchManifests(_ ids: some Sequence<ObjectID>) throws -> TransferResult {
        var run = Run()
        try send(try absentFromStore(ids.filter(\.isTree)), &run) { receive($0) }
        return run.finish()
    }

    /// Which of the objects, with the files of directories among them, are missing in the store and the remote.
    package func status(_ ids: some Sequence<ObjectID>, parts: DirectoryParts = [:]) throws -> TransferStatus {
        var run = Run()
        let members = try membersInStore(of: ids, parts, &run)
        let all = Set(ids).union(members.values.joined())
        let sorted = all.sorted()
        return TransferStatus(
            all: all,
            missingInStore: Set(try absentFromStore(sorted)),
            missingInRemote: all.subtracting(try remote.existing(among: sorted, jobs: jobs))
        )
    }

    // MARK: What to do

    private func membersInStore(
        of ids: some Sequence<ObjectID>,
        _ parts: DirectoryParts,
        _ run: inout Run
    ) throws -> [ObjectID: [ObjectID]] {
        var members: [ObjectID: [ObjectID]] = [:]
        for id in Set(ids) where id.isTree {
            do {
                members[id] = try store.tree(id)?.sortedFiles(in: parts[id])
            } catch {
                run.fail(id, error)
            }
        }
        return members
    }

    private func absentFromStore(_ ids: [ObjectID]) throws -> [ObjectID] {
        let absent = Mutex<[ObjectID]>([])
        let next = Atomic<Int>(0)
        let batch = 256
        try Crew.run(threads: max(1, min(Workers.processorCount, ids.count / batch))) { _ in
            while true {
                let start = next.wrappingAdd(batch, ordering: .relaxed).oldValue
                if start >= ids.count { return }
                let part = try ids[start..<min(start + batch, ids.count)].filter { try !store.containsVerified($0) }
                absent.withLock { $0 += part }
            }
        }
        return absent.withLock { $0 }.sorted()
    }

    // MARK: Doing it

    /// Transfers objects on several threads; a failure of one does not stop the others.
    private func send(
        _ ids: [ObjectID],
        _ run: inout Run,
        batch: Int = 1,
        _ body: @escaping @Sendable (ArraySlice<ObjectID>) -> [Result<Int, any Error>]
    ) throws {
        if ids.isEmpty { return }
        run.progress.total += ids.count
        let shared = Mutex(run)
        let next = Atomic<Int>(0)
        try Crew.run(threads: min(jobs, (ids.count + batch - 1) / batch)) { _ in
            while true {
                let start = next.wrappingAdd(batch, ordering: .relaxed).oldValue
                if start >= ids.count { return }
                let part = ids[start..<min(start + batch, ids.count)]
                let outcomes = body(part)
                shared.withLock { run in
                    for (id, outcome) in zip(part, outcomes) { run.record(id, outcome) }
                    progress?(run.progress)
                }
                // A full disk will not get better by going on.
                if outcomes.contains(where: Self.isHopeless) { next.store(ids.count, ordering: .relaxed) }
            }
        }
        run = shared.withLock { $0 }
        if let failure = run.result.failed.last(where: { Self.isHopeless(.failure($0.error)) }) {
            let done = Set(run.result.transferred).union(run.unavailable)
            for id in ids where !done.contains(id) { run.fail(id, failure.error) }
        }
    }

    /// Whether what failed one transfer will fail all.
    private static func isHopeless(_ outcome: Result<Int, any Error>) -> Bool {
        guard case .failure(let error as FileError) = outcome else { return false }
        return [ENOSPC, EDQUOT, EROFS, EMFILE, ENFILE].contains(error.code)
    }

    private func retrying<Value>(_ body: () throws -> Value) throws -> Value {
        var attempt = 0
        while true {
            do {
                return try body()
            } catch let error as RemoteError where error.kind == .transient && attempt < retries {
                usleep(UInt32(100_000 << min(attempt, 6)))
                attempt += 1
            }
        }
    }

    private func upload(_ ids: ArraySlice<ObjectID>) -> [Result<Int, any Error>] {
        ids.map { id in
            Result {
                guard let size = try store.verifiedSize(of: id) else { throw StoreError.missingObject(id) }
                try retrying { try remote.upload(id, from: store.path(of: id)) }
                return size
            }
        }
    }

    /// Fetches objects one after the other, and checks those that are small together.
    private func receive(_ ids: ArraySlice<ObjectID>) -> [Result<Int, any Error>] {
        let incoming = ids.map { id in
            Result {
                try retrying {
                    let incoming = IncomingObject(id, store)
                    try remote.download(id) { try incoming.append($0) }
                    return incoming
                }
            }
        }
        var digests = IncomingObject.digests(incoming.compactMap { try? $0.get() }).makeIterator()
        return incoming.map { result in
            Result {
                let object = try result.get()
                guard digests.next() == object.id.digest else {
                    throw RemoteError(.permanent, remote.address, "the object \(object.id) has the wrong content")
                }
                return try object.commit()
            }
        }
    }

    /// The state of one call.
    private struct Run: Sendable {
        var result = TransferResult()
        var progress = TransferProgress()
        /// Objects that did not arrive.
        var unavailable: Set<ObjectID> = []

        mutating func record(_ id: ObjectID, _ outcome: Result<Int, any Error>) {
            progress.done += 1
            switch outcome {
            case .success(let size):
                result.transferred.append(id)
                result.bytes += size
                progress.bytes += size
            case .failure(let error): fail(id, error)
            }
        }

        mutating func fail(_ id: ObjectID, _ error: any Error) {
            unavailable.insert(id)
            switch error {
            case StoreError.missingObject: result.missing.append(id)
            case let error as RemoteError where error.kind == .missing: result.missing.append(id)
            default: result.failed.append(.init(id: id, error: error))
            }
        }

        /// Notes directories that are not sent because files of theirs are not there.
        mutating func hold(_ ids: [ObjectID]) {
            unavailable.formUnion(ids)
            result.held += ids
        }

        consuming func finish() -> TransferResult {
            result.transferred.sort()
            result.missing.sort()
            result.failed.sort { $0.id < $1.id }
            return result
        }
    }
}

/// Where objects are.
package struct TransferStatus: Sendable {
    /// What was asked about, with the files of the directories among it.
    package let all: Set<ObjectID>
    package let missingInStore: Set<ObjectID>
    package let missingInRemote: Set<ObjectID>
}

/// Paths inside of directories, by the directories' objects; of a directory that is not among them all is meant.
package typealias DirectoryParts = [ObjectID: Set<String>]

extension Tree {
    /// The objects of the files at or below one of the paths; of all files without paths.
    package func files(in paths: Set<String>?) -> Set<ObjectID> {
        guard let paths else { return files(below: "") }
        return paths.reduce(into: []) { $0.formUnion(files(below: $1)) }
    }

    /// The objects of the files at or below a path; an empty one stands for all.
    package func files(below subpath: String) -> Set<ObjectID> {
        Set(positions(below: subpath).lazy.map { ObjectID(digest: digest(at: $0)) })
    }

    /// The positions of the files at or below one of the paths; of all files without paths.
    package func positions(in paths: Set<String>?) -> [Int] {
        guard let paths else { return Array(0..<count) }
        return Set(paths.flatMap(positions)).sorted()
    }

    private func positions(below subpath: String) -> Range<Int> {
        let range = range(below: subpath)
        if range.isEmpty, !subpath.isEmpty, let file = index(of: subpath) { return file..<(file + 1) }
        return range
    }
}
