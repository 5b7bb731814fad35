import Basics
import Configuration
import Digests
import Git
import Glibc
import Metafiles
import ObjectStore
import Remotes

/// Puts the files of a model together from caches, remotes and Git, each checked against its checksum.
final class ModelDelivery {
    private let project: Project
    private let tree: RevisionTree?
    private let remote: String?
    private let jobs: Int?
    /// Caches to look in, the nearest first.
    private let stores: [ObjectStore]
    /// What remotes send until it is delivered.
    private let staging: String

    /// `staging` is a folder of its own; `cache` is a project whose cache is looked in first.
    init(
        from project: Project,
        _ tree: RevisionTree?,
        cache: Project?,
        remote: String?,
        jobs: Int?,
        staging: String
    ) {
        self.project = project
        self.tree = tree
        self.remote = remote
        self.jobs = jobs
        self.staging = staging
        stores = [cache, project].compactMap(\.self).flatMap { [$0.store, $0.legacyStore] }
    }

    /// The listing of a directory output, from wherever it is.
    func manifest(of output: Output, _ id: ObjectID) throws -> Tree {
        try bring([(id, output.isLegacy, output.entry.remote)])
        for store in stores(output.isLegacy) {
            if let tree = try? store.tree(id) { return tree }
        }
        throw ModelDataError.corrupt(project.shown(output.path))
    }

    /// Fetches what no cache has.
    func bring(_ files: [ModelFile]) throws {
        try bring(
            files.compactMap { file in
                guard case .object(let id, let isLegacy, let remote) = file.content else { return nil }
                return (id, isLegacy, remote)
            }
        )
    }

    private func bring(_ objects: [(id: ObjectID, isLegacy: Bool, remote: String?)]) throws {
        var wanted: [UsedData.Place: Set<ObjectID>] = [:]
        for object in objects where !stores(object.isLegacy).contains(where: { $0.contains(object.id) }) {
            let name = object.remote ?? remote ?? project.configuration.defaultRemoteName
            let place = UsedData.Place(remote: name, kind: object.isLegacy ? .md5DOS2Unix : .md5)
            wanted[place, default: []].insert(object.id)
        }
        for (place, ids) in wanted {
            var places = [project.store.root]
            guard place.remote != nil else { throw ModelDataError.missing(count: ids.count, places: places) }
            let remote = try project.openRemote(place.remote, kind: place.kind)
            places.append(remote.address)
            // Manifests are asked for by themselves, so that only the files that are wanted come.
            let transfer = Transfer(store: stagingStore(place.kind), remote: remote, jobs: jobs)
            let manifests = try transfer.fetchManifests(ids.filter(\.isTree))
            let result = try transfer.fetch(ids.filter { !$0.isTree })
            if let failure = (manifests.failed + result.failed).first { throw failure.error }
            let missing = Set(manifests.missing + result.missing)
            if !missing.isEmpty { throw ModelDataError.missing(count: missing.count, places: places) }
        }
    }

    /// Writes a file to a path where nothing is yet.
    func write(_ file: ModelFile, to path: String) throws {
        try Files.makeDirectories(Paths.parent(path))
        let mode: mode_t = file.isExecutable ? 0o777 : 0o666
        switch file.content {
        case .blob(let source):
            guard let bytes = try tree?.contents(of: source) else { throw ModelDataError.nothing(source) }
            try Self.withNewFile(path, mode) { try Files.write(bytes, to: $0, path: path) }
        case .file(let source):
            let input = try Files.open(source, O_RDONLY | O_CLOEXEC)
            defer { _ = close(input) }
            try Self.withNewFile(path, mode) { descriptor in
                try Self.copy(input, source) { try Self.write($0, to: descriptor, path) }
            }
        case .object(let id, let isLegacy, _):
            for store in stores(isLegacy) where store.contains(id) {
                if try copy(id, from: store, isLegacy: isLegacy, to: path, mode) { return }
                try Files.remove(path)
            }
            throw ModelDataError.corrupt(file.path.isEmpty ? Paths.name(path) : file.path)
        }
    }

    /// Copies an object and tells whether its bytes are the right ones.
    private func copy(
        _ id: ObjectID,
        from store: ObjectStore,
        isLegacy: Bool,
        to path: String,
        _ mode: mode_t
    ) throws -> Bool {
        var hasher = MD5Hasher()
        var legacyHasher = DOS2UnixHasher()
        try Self.withNewFile(path, mode) { descriptor in
            _ = try store.read(id) { bytes in
                if isLegacy { legacyHasher.update(bytes) } else { hasher.update(bytes) }
                try Self.write(bytes, to: descriptor, path)
            }
        }
        return (isLegacy ? legacyHasher.finalize() : hasher.finalize()) == id.digest
    }

    private func stores(_ isLegacy: Bool) -> [ObjectStore] {
        let kind = isLegacy ? HashKind.md5DOS2Unix : .md5
        return stores.filter { $0.kind == kind } + [stagingStore(kind)]
    }

    private func stagingStore(_ kind: HashKind) -> ObjectStore { ObjectStore(root: staging, kind: kind) }

    private static func withNewFile(_ path: String, _ mode: mode_t, _ body: (Int32) throws -> Void) throws {
        let descriptor = try Files.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode: mode)
        defer { _ = close(descriptor) }
        try body(descriptor)
    }

    private static func copy(
        _ descriptor: Int32,
        _ path: String,
        _ consume: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        try withUnsafeTemporaryAllocation(byteCount: 1 << 18, alignment: 16) { buffer in
            while true {
                let count = read(descriptor, buffer.baseAddress, buffer.count)
                if count == 0 { return }
                if count < 0, errno != EINTR { throw FileError("read", path) }
                if count > 0 { try consume(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
            }
        }
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, _ path: String) throws {
        var offset = 0
        while offset < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
            if count >= 0 { offset += count } else if errno != EINTR { throw FileError("write", path) }
        }
    }
}
