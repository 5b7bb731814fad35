import Basics
package import ObjectStore
import Synchronization

/// A remote that keeps its objects in memory, for tests.
package final class MemoryRemote: Remote {
    private struct State {
        var objects: [ObjectID: [UInt8]] = [:]
        var uploads: [ObjectID] = []
        var files: [String: [UInt8]] = [:]
    }

    private let state = Mutex(State())
    /// Called before each transfer; what it throws is the transfer's failure.
    private let intercept: @Sendable (ObjectID) throws -> Void

    package init(intercept: @escaping @Sendable (ObjectID) throws -> Void = { _ in }) {
        self.intercept = intercept
    }

    /// The bytes of an object; setting them bypasses all checks.
    package subscript(_ id: ObjectID) -> [UInt8]? {
        get { state.withLock { $0.objects[id] } }
        set { state.withLock { $0.objects[id] = newValue } }
    }

    /// The objects uploaded so far, in that order.
    package var uploads: [ObjectID] { state.withLock { $0.uploads } }

    package var address: String { "memory" }

    package var preferredJobs: Int { 4 }

    package func existing(among ids: [ObjectID], jobs: Int) throws -> Set<ObjectID> {
        state.withLock { state in Set(ids.filter { state.objects[$0] != nil }) }
    }

    package func list(jobs: Int) throws -> [ObjectID] { state.withLock { Array($0.objects.keys) } }

    package func upload(_ id: ObjectID, from path: String) throws {
        try intercept(id)
        let bytes = try Files.read(path)
        state.withLock { state in
            state.objects[id] = bytes
            state.uploads.append(id)
        }
    }

    package func download(_ id: ObjectID, to sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        try intercept(id)
        guard let bytes = self[id] else { throw RemoteError(.missing, address, "the object \(id) is not there") }
        try bytes.withUnsafeBytes { try sink($0) }
    }

    package func files(below folder: String) throws -> [String] {
        state.withLock { $0.files.keys.filter { $0.hasPrefix(folder + "/") }.sorted() }
    }

    package func uploadFile(_ path: String, from local: String) throws {
        let bytes = try Files.read(local)
        state.withLock { $0.files[path] = bytes }
    }

    package func downloadFile(_ path: String) throws -> [UInt8] {
        guard let bytes = state.withLock({ $0.files[path] }) else {
            throw RemoteError(.missing, address, "'\(path)' is not there")
        }
        return bytes
    }

    package func remove(_ ids: [ObjectID], jobs: Int) throws {
        state.withLock { state in
            for id in ids { state.objects[id] = nil }
        }
    }
}
