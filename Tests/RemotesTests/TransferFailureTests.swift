import Basics
import Digests
import Foundation
import ObjectStore
import Remotes
import Synchronization
import Testing

@Suite struct TransferFailureTests {
    private let root = NSTemporaryDirectory() + "/transfer-" + UUID().uuidString

    @Test func transientFailuresAreTriedAgain() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        let store = ObjectStore(root: root)
        let id = try store.insert(Array("1".utf8))
        let attempts = Mutex(0)
        let remote = MemoryRemote { _ in
            let count = attempts.withLock { attempts in
                attempts += 1
                return attempts
            }
            if count < 3 { throw RemoteError(.transient, "memory", "busy") }
        }
        #expect(try Transfer(store: store, remote: remote).push([id]).transferred == [id])
        #expect(attempts.withLock { $0 } == 3)
    }

    @Test func aManifestOnTheRemoteDoesNotProveItsFiles() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        let store = ObjectStore(root: root)
        let file = try store.insert(Array("1".utf8))
        let tree = try Tree([(path: "f", digest: file.digest, size: 1)])
        try store.insert(tree)
        let remote = MemoryRemote()
        let transfer = Transfer(store: store, remote: remote)
        _ = try transfer.push([tree.id])
        remote[file] = nil
        #expect(try transfer.status([tree.id]).missingInRemote == [file])
        #expect(try transfer.push([tree.id]).transferred == [file])
        try remote.remove([file], jobs: 1)
        try store.remove(file)
        #expect(try transfer.fetch([tree.id]).missing == [file])
        let result = try transfer.push([tree.id])
        #expect(result.missing == [file])
    }

    @Test func onlyTheWantedPartIsFetched() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        let store = ObjectStore(root: root + "/a")
        let files = try ["x/1", "x/2", "y", "x-z"].map { path in
            (path: path, digest: try store.insert(Array(path.utf8)).digest, size: Int?.none)
        }
        let tree = try Tree(files)
        try store.insert(tree)
        let remote = MemoryRemote()
        _ = try Transfer(store: store, remote: remote).push([tree.id])
        let other = ObjectStore(root: root + "/b")
        #expect(
            try Transfer(store: other, remote: remote).fetch([tree.id], parts: [tree.id: ["x"]]).transferred.count == 3
        )
        #expect(
            try Transfer(store: other, remote: remote).fetch([tree.id], parts: [tree.id: ["y"]]).transferred.count == 1
        )
    }

    @Test func largeObjectsAreCheckedWhileTheyAreWritten() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        let store = ObjectStore(root: root + "/a")
        let bytes = Array(String(repeating: "0123456789", count: 300_000).utf8)
        let id = try store.insert(bytes)
        let remote = LocalRemote(root: root + "/remote")
        _ = try Transfer(store: store, remote: remote).push([id])
        let other = ObjectStore(root: root + "/b")
        let result = try Transfer(store: other, remote: remote).fetch([id])
        #expect(result.transferred == [id])
        #expect(result.bytes == bytes.count)
        #expect(try other.verify(id))
    }
}
