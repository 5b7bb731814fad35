import Basics
import Digests
import Glibc
import ObjectStore
import Testing

@Suite struct StoreTests {
    @Test func largeObjectsHaveNoNameBeforeTheirOwnAndReplaceWrongOnes() throws {
        let sandbox = try Sandbox()
        let bytes = [UInt8](repeating: 7, count: 3_000_000)
        try Files.writeAtomically(bytes, to: sandbox.path("f"))
        let id = ObjectID(digest: MD5.hash(bytes))
        for _ in 0..<2 {
            try sandbox.store.insert(fileAt: sandbox.path("f"), as: id)
            #expect(try Files.read(sandbox.store.path(of: id)) == bytes)
            #expect(try sandbox.mode(sandbox.store.path(of: id)) == 0o444)
            #expect(try Files.names(in: Paths.parent(sandbox.store.path(of: id))).count == 1)
            try Files.remove(sandbox.store.path(of: id))
            try Files.writeAtomically(Array("wrong".utf8), to: sandbox.store.path(of: id))
        }
    }

    @Test func objectsLieWhereDVCPutsThem() throws {
        let sandbox = try Sandbox()
        let id = try sandbox.store.insert(Array("1".utf8))
        #expect(sandbox.store.path(of: id) == sandbox.root + "/cache/files/md5/c4/ca4238a0b923820dcc509a6f75849b")
        let legacy = ObjectStore(root: sandbox.root + "/cache", kind: .md5DOS2Unix)
        #expect(legacy.path(of: id) == sandbox.root + "/cache/c4/ca4238a0b923820dcc509a6f75849b")
        #expect(!legacy.contains(id))
    }

    @Test func onlyMode0444IsTrusted() throws {
        let sandbox = try Sandbox()
        let id = try sandbox.store.insert(Array("1".utf8))
        let path = sandbox.store.path(of: id)
        chmod(path, 0o644)
        #expect(try sandbox.store.containsVerified(id))
        #expect(try sandbox.mode(path) == 0o444)
        chmod(path, 0o644)
        let descriptor = try Files.open(path, O_WRONLY | O_TRUNC)
        close(descriptor)
        #expect(sandbox.store.contains(id))
        #expect(try !sandbox.store.containsVerified(id))
        #expect(!sandbox.store.contains(id))
    }

    @Test func sharedStoresAreWritableForTheGroup() throws {
        let sandbox = try Sandbox()
        let store = ObjectStore(root: sandbox.root + "/shared", isShared: true)
        let id = try store.insert(Array("1".utf8))
        #expect(try sandbox.mode(store.folder) == 0o2775)
        #expect(try sandbox.mode(Paths.parent(store.path(of: id))) == 0o2775)
        #expect(try sandbox.mode(store.path(of: id)) == 0o444)
    }

    @Test func collectingKeepsWhatIsUsed() throws {
        let sandbox = try Sandbox()
        let ids = try (0..<20).map { try sandbox.store.insert(Array("\($0)".utf8)) }
        let stray = Paths.parent(sandbox.store.path(of: ids[0]))
        let fresh = stray + "/.abcdefghijklmnopqrstuv.tmp"
        try Files.writeAtomically([1], to: fresh)
        try Files.writeAtomically([1], to: stray + "/readme")
        let used = Set(ids.prefix(5))
        #expect(try sandbox.store.collect(keeping: used, grace: 3600).isEmpty)
        let dry = try sandbox.store.collect(keeping: used, dryRun: true)
        #expect(dry.map(\.id) == ids.dropFirst(5).sorted())
        #expect(try sandbox.store.list().count == 20)
        #expect(try sandbox.store.collect(keeping: used) == dry)
        #expect(try Set(sandbox.store.list()) == used)
        #expect(Files.exists(fresh))
        #expect(Files.exists(stray + "/readme"))
    }

    @Test func legacyObjectsAreMigratedByTheirBytes() throws {
        let sandbox = try Sandbox()
        let legacy = ObjectStore(root: sandbox.root + "/cache", kind: .md5DOS2Unix)
        let text = Array("x\r\ny\r\n".utf8)
        let old = ObjectID(digest: DOS2UnixHasher.hash(text))
        try Files.writeAtomically(text, to: sandbox.path("f"))
        try legacy.insert(fileAt: sandbox.path("f"), as: old)
        let tree = try Tree([(path: "f", digest: old.digest, size: nil)])
        try legacy.insert(tree)
        let lost = try Tree([(path: "f", digest: MD5.hash("lost".utf8), size: nil)])
        try legacy.insert(lost)

        #expect(try sandbox.store.migrate(from: legacy, dryRun: true).names.count == 2)
        #expect(try sandbox.store.list().isEmpty)
        let migration = try sandbox.store.migrate(from: legacy)
        let new = ObjectID(digest: MD5.hash(text))
        #expect(migration.names[old] == new)
        #expect(migration.skipped == [lost.id])
        #expect(try Files.status(sandbox.store.path(of: new))?.inode == Files.status(legacy.path(of: old))?.inode)
        let name = try #require(migration.names[tree.id])
        let moved = try #require(try sandbox.store.tree(name))
        #expect(moved.digest(at: 0) == new.digest)
    }

    @Test func aCorruptManifestIsNamed() throws {
        let sandbox = try Sandbox()
        let id = try sandbox.store.insert(Array("[1]".utf8), isTree: true)
        #expect(throws: StoreError.self) { try sandbox.store.tree(id) }
        #expect(throws: StoreError.self) { try sandbox.store.objects(of: id) }
        let missing = ObjectID(digest: id.digest)
        #expect(try sandbox.store.tree(missing) == nil)
    }

    @Test func linksToTheCacheAreRecognised() throws {
        let sandbox = try Sandbox(links: [.symlink])
        try sandbox.write("f", "1")
        #expect(try !sandbox.workspace.isProtectedLink(sandbox.path("f")))
        _ = try sandbox.workspace.add(sandbox.path("f"))
        #expect(try sandbox.workspace.isProtectedLink(sandbox.path("f")))
        try sandbox.workspace.unprotect(sandbox.path("f"))
        #expect(try !sandbox.workspace.isProtectedLink(sandbox.path("f")))
        #expect(try sandbox.read("f") == "1")
        #expect(try sandbox.mode(sandbox.path("f")) & 0o200 != 0)
    }
}
