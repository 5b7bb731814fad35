import Basics
import CSystemCalls
import Digests
import Glibc
package import ObjectStore

/// A remote that is a directory of this machine, laid out as DVC does.
package struct LocalRemote: Remote {
    private let store: ObjectStore

    /// `root` is the absolute path of the remote.
    package init(root: String, kind: HashKind = .md5, isShared: Bool = false) {
        store = ObjectStore(root: root, kind: kind, isShared: isShared)
    }

    package var address: String { store.root }

    package var preferredJobs: Int { Workers.processorCount }

    package var batchSize: Int { 64 }

    package func existing(among ids: [ObjectID], jobs: Int) throws -> Set<ObjectID> {
        try wrapping { try store.existing(among: ids, threads: jobs) }
    }

    package func absent(among ids: [ObjectID], jobs: Int) throws -> [ObjectID] {
        try wrapping { try store.absent(among: ids, threads: jobs) }
    }

    package func list(jobs: Int) throws -> [ObjectID] {
        try wrapping { try store.list(threads: jobs) }
    }

    package func upload(_ id: ObjectID, from path: String) throws {
        try wrapping { try store.insert(fileAt: path, as: id) }
    }

    package func download(_ id: ObjectID, to sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        if try !store.read(id, sink) { throw RemoteError(.missing, address, "the object \(id) is not there") }
    }

    package func remove(_ ids: [ObjectID], jobs: Int) throws {
        try wrapping { for id in ids { try store.remove(id) } }
    }

    package func files(below folder: String) throws -> [String] {
        try wrapping {
            guard Files.isDirectory(Paths.join(store.root, folder)) else { return [] }
            return try Files.entries(in: Paths.join(store.root, folder)).flatMap { entry in
                let inner = Paths.join(folder, entry.name)
                return entry.kind == .directory ? try files(below: inner) : [inner]
            }
        }
    }

    package func uploadFile(_ path: String, from local: String) throws {
        try wrapping {
            let target = try self.path(of: path)
            try Files.makeDirectories(Paths.parent(target))
            try Files.writeAtomically(try Files.read(local), to: target)
        }
    }

    package func downloadFile(_ path: String) throws -> [UInt8] {
        let bytes = try wrapping { try Files.readIfPresent(try self.path(of: path)) }
        guard let bytes else { throw RemoteError(.missing, address, "'\(path)' is not there") }
        return bytes
    }

    /// The absolute path of a file; one that would lie outside the remote is refused.
    private func path(of file: String) throws -> String {
        let absolute = Paths.absolute(file, from: store.root)
        if Paths.inside(absolute, of: store.root) == nil {
            throw RemoteError(.permanent, address, "'\(file)' is not a path inside the remote")
        }
        return absolute
    }

    private func wrapping<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as FileError {
            let kind: RemoteError.Kind = error.code == EACCES || error.code == EPERM ? .denied : .permanent
            throw RemoteError(kind, address, error.description)
        }
    }
}
