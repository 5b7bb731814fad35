import Basics
import CSystem
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

    package func existing(among ids: [ObjectID], jobs: Int) throws -> Set<ObjectID> {
        try wrapping { try store.existing(among: ids, threads: jobs) }
    }

    package func list(jobs: Int) throws -> [ObjectID] {
        try wrapping { try store.list(threads: jobs) }
    }

    package func upload(_ id: ObjectID, from path: String) throws {
        try wrapping { try store.insert(fileAt: path, as: id) }
    }

    package func download(_ id: ObjectID, to sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        guard store.contains(id) else { throw RemoteError(.missing, address, "the object \(id) is not there") }
        try store.read(id, sink)
    }

    package func remove(_ ids: [ObjectID], jobs: Int) throws {
        try wrapping { for id in ids { try store.remove(id) } }
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
