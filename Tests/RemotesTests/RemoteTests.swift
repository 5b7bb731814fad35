import Basics
import Digests
import Foundation
import ObjectStore
import Remotes
import Testing

@Suite struct RemoteTests {
    static func remotes() throws -> [any Remote] {
        let root = NSTemporaryDirectory() + "/remote-" + UUID().uuidString
        return [LocalRemote(root: root), MemoryRemote()]
    }

    @Test func objectsAreStoredListedAndRemoved() throws {
        let local = NSTemporaryDirectory() + "/file-" + UUID().uuidString
        defer { unlink(local) }
        for remote in try Self.remotes() {
            defer { try? FileManager.default.removeItem(atPath: remote.address) }
            #expect(try remote.list(jobs: 2).isEmpty)
            var ids: [ObjectID] = []
            for number in 0..<20 {
                let bytes = Array("object \(number)".utf8)
                try Files.writeAtomically(bytes, to: local)
                let id = ObjectID(digest: MD5.hash(bytes), isTree: number == 0)
                try remote.upload(id, from: local)
                ids.append(id)
            }
            #expect(try Set(remote.list(jobs: 2)) == Set(ids))
            let stranger = ObjectID(digest: MD5.hash("stranger".utf8))
            #expect(try remote.existing(among: ids + [stranger], jobs: 2) == Set(ids))
            var received: [UInt8] = []
            try remote.download(ids[3]) { received += $0 }
            #expect(received == Array("object 3".utf8))
            let error = #expect(throws: RemoteError.self) { try remote.download(stranger) { _ in } }
            #expect(error?.kind == .missing)
            try remote.remove([ids[3], stranger], jobs: 2)
            #expect(try remote.existing(among: ids, jobs: 2).count == 19)
        }
    }

    @Test func otherFilesHavePaths() throws {
        let local = NSTemporaryDirectory() + "/file-" + UUID().uuidString
        defer { unlink(local) }
        for remote in try Self.remotes() {
            defer { try? FileManager.default.removeItem(atPath: remote.address) }
            #expect(try remote.files(below: "runs").isEmpty)
            try Files.writeAtomically([1, 2], to: local)
            try remote.uploadFile("runs/ab/key/value", from: local)
            #expect(try remote.files(below: "runs") == ["runs/ab/key/value"])
            #expect(try remote.downloadFile("runs/ab/key/value") == [1, 2])
            #expect(throws: RemoteError.self) { try remote.downloadFile("runs/none") }
        }
        let remote = LocalRemote(root: NSTemporaryDirectory() + "/remote-" + UUID().uuidString)
        #expect(throws: RemoteError.self) { try remote.uploadFile("../outside", from: local) }
    }

    @Test func manyObjectsAreFoundByListing() throws {
        let root = NSTemporaryDirectory() + "/remote-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: root) }
        let store = ObjectStore(root: root)
        let ids = try (0..<1500).map { try store.insert(Array("\($0)".utf8)) }
        let strangers = (1500..<3000).map { ObjectID(digest: MD5.hash("\($0)".utf8)) }
        #expect(try store.existing(among: (ids + strangers).shuffled()) == Set(ids))
        #expect(try store.existing(among: [ids[0], strangers[0]]) == [ids[0]])
        #expect(try store.absent(among: Set(ids + strangers).sorted()) == Set(strangers).sorted())
        #expect(try store.absent(among: [ids[0], strangers[0]].sorted()) == [strangers[0]])
    }
}
