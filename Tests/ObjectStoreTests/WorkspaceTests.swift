import Basics
import Digests
import Glibc
import ObjectStore
import Testing

@Suite struct WorkspaceTests {
    static let files = ["a.txt": "one", "a/x": "two", "a-b/x": "three", "sub/deep/er": "four", "B": "one"]

    private func sandbox(_ links: [LinkType]) throws -> Sandbox {
        let sandbox = try Sandbox(links: links)
        for (name, text) in Self.files { try sandbox.write("data/" + name, text) }
        return sandbox
    }

    @Test(arguments: [[LinkType.copy], [.hardlink], [.symlink], [.reflink, .copy]])
    func aDirectorySurvivesAddAndCheckout(links: [LinkType]) throws {
        let sandbox = try sandbox(links)
        let path = sandbox.path("data")
        let addition = try #require(try sandbox.workspace.add(path))
        #expect(addition.state.fileCount == 5)
        #expect(addition.state.size == 18)
        #expect(addition.isLinked)
        #expect(try sandbox.contents("data") == Self.files)
        #expect(try sandbox.workspace.currentState(of: path) == addition.state)

        try Files.remove(path)
        let result = try sandbox.workspace.checkout(addition.state.id, to: path)
        #expect(result.change == .added)
        #expect(result.added == 5)
        #expect(try sandbox.contents("data") == Self.files)
        #expect(try sandbox.workspace.currentState(of: path) == addition.state)
        #expect(try sandbox.workspace.checkout(addition.state.id, to: path).change == .unchanged)
    }

    @Test func objectsAreProtectedAndNamedByTheirContent() throws {
        let sandbox = try sandbox([.copy])
        let addition = try #require(try sandbox.workspace.add(sandbox.path("data")))
        let ids = try sandbox.store.list()
        #expect(ids.count == 5)
        #expect(ids.contains(addition.state.id))
        for id in ids {
            #expect(MD5.hash(try Files.read(sandbox.store.path(of: id))) == id.digest)
            #expect(try sandbox.mode(sandbox.store.path(of: id)) == 0o444)
        }
    }

    @Test func theStateOfNothingIsNil() throws {
        #expect(try Sandbox().workspace.currentState(of: "/nonexistent/path") == nil)
    }

    @Test func aChangeOfTheSameSizeIsSeen() throws {
        let sandbox = try sandbox([.copy])
        let path = sandbox.path("data")
        let before = try sandbox.workspace.currentState(of: path)
        usleep(50_000)
        _ = try sandbox.workspace.currentState(of: path)
        let descriptor = try Files.open(sandbox.path("data/a/x"), O_WRONLY)
        try Files.write(Array("TWO".utf8), to: descriptor, path: "")
        close(descriptor)
        #expect(try sandbox.workspace.currentState(of: path) != before)
    }

    @Test func checkoutWritesOnlyWhatDiffers() throws {
        let sandbox = try sandbox([.copy])
        let path = sandbox.path("data")
        let first = try #require(try sandbox.workspace.add(path)).state
        try sandbox.write("data/a.txt", "changed")
        try sandbox.write("data/new/file", "new")
        try Files.remove(sandbox.path("data/B"))
        let second = try #require(try sandbox.workspace.add(path)).state
        let inode = try Files.status(sandbox.path("data/a/x"))?.inode

        let result = try sandbox.workspace.checkout(first.id, to: path)
        #expect(result.change == .modified)
        #expect((result.added, result.modified, result.deleted) == (1, 1, 1))
        #expect(try sandbox.contents("data") == Self.files)
        #expect(!sandbox.exists("data/new"))
        #expect(try Files.status(sandbox.path("data/a/x"))?.inode == inode)
        _ = try sandbox.workspace.checkout(second.id, to: path)
        #expect(try sandbox.read("data/new/file") == "new")
    }

    @Test func dataThatIsNotInTheCacheIsNotLost() throws {
        let sandbox = try sandbox([.copy])
        let path = sandbox.path("data")
        let first = try #require(try sandbox.workspace.add(path)).state
        try sandbox.write("data/precious", "only here")
        try sandbox.write("data/B", "only here too")
        let before = try sandbox.contents("data")
        #expect(throws: StoreError.wouldLoseData([path + "/B", path + "/precious"])) {
            try sandbox.workspace.checkout(first.id, to: path)
        }
        #expect(try sandbox.contents("data") == before)
        _ = try sandbox.workspace.checkout(first.id, to: path, loss: .force)
        #expect(try sandbox.contents("data") == Self.files)
    }

    @Test func aSingleFileKeepsItsExecuteBit() throws {
        for links in [[LinkType.copy], [.hardlink], [.symlink]] {
            let sandbox = try Sandbox(links: links)
            try sandbox.write("run.sh", "#!/bin/sh")
            chmod(sandbox.path("run.sh"), 0o755)
            let state = try #require(try sandbox.workspace.add(sandbox.path("run.sh"))).state
            #expect(state == OutputState(id: state.id, size: 9, isExecutable: true))
            try Files.remove(sandbox.path("run.sh"))
            let result = try sandbox.workspace.checkout(state.id, to: sandbox.path("run.sh"), isExecutable: true)
            #expect(result.change == .added)
            #expect(try sandbox.mode(sandbox.path("run.sh")) & 0o100 != 0)
            #expect(try sandbox.mode(sandbox.store.path(of: state.id)) == 0o444)
            #expect(try sandbox.workspace.currentState(of: sandbox.path("run.sh")) == state)
        }
    }

    @Test func hardLinksAreOneFile() throws {
        let sandbox = try sandbox([.hardlink])
        let addition = try #require(try sandbox.workspace.add(sandbox.path("data")))
        let tree = try #require(addition.tree)
        let object = sandbox.store.path(of: ObjectID(digest: tree.digest(at: try #require(tree.index(of: "a/x")))))
        #expect(try Files.status(object)?.inode == Files.status(sandbox.path("data/a/x"))?.inode)
        #expect(try sandbox.mode(sandbox.path("data/a/x")) == 0o444)
        try sandbox.workspace.unprotect(sandbox.path("data"))
        #expect(try Files.status(object)?.inode != Files.status(sandbox.path("data/a/x"))?.inode)
        #expect(try sandbox.mode(sandbox.path("data/a/x")) & 0o200 != 0)
        #expect(try sandbox.contents("data") == Self.files)
    }
}
