import Basics
import Digests
import Foundation
import ObjectStore
import Remotes
import Testing

@Suite struct TransferTests {
    private let root: String
    private let store: ObjectStore

    init() throws {
        root = NSTemporaryDirectory() + "/transfer-" + UUID().uuidString
        store = ObjectStore(root: root + "/cache")
    }

    private func fill(_ count: Int) throws -> Tree {
        let files = try (0..<count).map { number in
            (path: "f\(number)", digest: try store.insert(Array("content \(number)".utf8)).digest, size: Int?.none)
        }
        let tree = try Tree(files)
        try store.insert(tree)
        return tree
    }

    @Test func whatIsPushedCanBeFetched() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        let tree = try fill(300)
        let remote = LocalRemote(root: root + "/remote")
        let pushed = try Transfer(store: store, remote: remote).push([tree.id])
        #expect(pushed.transferred.count == 301)
        #expect(try Transfer(store: store, remote: remote).push([tree.id]).transferred.isEmpty)

        let other = ObjectStore(root: root + "/other")
        let fetched = try Transfer(store: other, remote: remote).fetch([tree.id])
        #expect(fetched.transferred == pushed.transferred)
        #expect(try other.tree(tree.id)?.count == 300)
        #expect(try other.list() == store.list())
    }

    @Test func aManifestGoesAfterItsFiles() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        let tree = try fill(50)
        let remote = MemoryRemote()
        _ = try Transfer(store: store, remote: remote).push([tree.id])
        #expect(remote.uploads.last == tree.id)
    }

    @Test func aManifestIsHeldBackWhenAFileFails() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        let tree = try fill(10)
        let bad = ObjectID(digest: tree.digest(at: 3))
        let remote = MemoryRemote { id in
            if id == bad { throw RemoteError(.permanent, "memory", "no") }
        }
        let result = try Transfer(store: store, remote: remote).push([tree.id])
        #expect(result.failed.map(\.id) == [bad])
        #expect(remote[tree.id] == nil)
        #expect(result.transferred.count == 9)
    }

    @Test func contentThatDoesNotMatchItsNameIsRefused() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        let tree = try fill(3)
        let remote = MemoryRemote()
        _ = try Transfer(store: store, remote: remote).push([tree.id])
        let bad = ObjectID(digest: tree.digest(at: 0))
        remote[bad] = Array("evil".utf8)
        let other = ObjectStore(root: root + "/other")
        let result = try Transfer(store: other, remote: remote).fetch([tree.id])
        #expect(result.failed.map(\.id) == [bad])
        #expect(!other.contains(bad))
    }
}
