import Basics
import Digests
import Glibc
import ObjectStore
import Testing

@Suite struct PlacementTests {
    @Test(arguments: [[LinkType.copy], [.hardlink], [.symlink]])
    func filesOfOneContentShareAnObject(links: [LinkType]) throws {
        let sandbox = try Sandbox(links: links)
        for number in 0..<300 { try sandbox.write("d/f\(number)", "same \(number % 3)") }
        let addition = try #require(try sandbox.workspace.add(sandbox.path("d")))
        #expect(addition.isLinked)
        #expect(try sandbox.store.list().count == 4)
        #expect(try sandbox.contents("d").count == 300)
        for number in 0..<300 {
            let path = sandbox.path("d/f\(number)")
            let object = sandbox.store.path(of: ObjectID(digest: MD5.hash("same \(number % 3)".utf8)))
            #expect(try sandbox.read("d/f\(number)") == "same \(number % 3)")
            switch links[0] {
            case .hardlink: #expect(try Files.status(path)?.inode == Files.status(object)?.inode)
            case .symlink: #expect(try Files.linkTarget(path) == object)
            default: #expect(try Files.status(path)?.linkCount == 1)
            }
        }
        #expect(try Files.names(in: sandbox.path("d")).count == 300)
    }

    @Test(arguments: [[LinkType.copy], [.hardlink], [.symlink], [.reflink, .copy]])
    func filesOfAllSizesArriveWhole(links: [LinkType]) throws {
        let sandbox = try Sandbox(links: links)
        var expected: [String: MD5Digest] = [:]
        for size in [0, 1, 4096, 1 << 20, 1 << 20 + 1, 3_000_000, 5_000_000, 9_999_999, 2_500_000] {
            let bytes = distinctBytes(size)
            try Files.makeDirectories(sandbox.path("d"))
            try Files.writeAtomically(bytes, to: sandbox.path("d/\(size)"))
            expected["\(size)"] = MD5.hash(bytes)
        }
        let tree = try #require(try sandbox.workspace.add(sandbox.path("d"))?.tree)
        for (name, digest) in expected {
            #expect(tree.digest(at: try #require(tree.index(of: name))) == digest)
            #expect(try sandbox.store.verify(ObjectID(digest: digest)))
            #expect(MD5.hash(try Files.read(sandbox.path("d/" + name))) == digest)
        }
        try Files.remove(sandbox.path("d"))
        #expect(try sandbox.workspace.checkout(tree.id, to: sandbox.path("d")).added == expected.count)
        for (name, digest) in expected { #expect(MD5.hash(try Files.read(sandbox.path("d/" + name))) == digest) }
    }

    @Test func emptyFilesAreNotNamesOfOneObject() throws {
        let sandbox = try Sandbox(links: [.hardlink])
        for name in ["d/a", "d/b", "single"] { try sandbox.write(name, "") }
        let tree = try #require(try sandbox.workspace.add(sandbox.path("d"))?.tree)
        _ = try sandbox.workspace.add(sandbox.path("single"))
        try Files.remove(sandbox.path("d/b"))
        _ = try sandbox.workspace.checkout(tree.id, to: sandbox.path("d"), relink: true)
        for name in ["d/a", "d/b", "single"] {
            #expect(try Files.status(sandbox.path(name))?.linkCount == 1)
        }
    }

    @Test func aSingleLargeFileIsHashedWhileItIsCopied() throws {
        let sandbox = try Sandbox()
        let bytes = distinctBytes(12_345_678)
        try Files.writeAtomically(bytes, to: sandbox.path("f"))
        let state = try #require(try sandbox.workspace.add(sandbox.path("f"))).state
        #expect(state.id.digest == MD5.hash(bytes))
        #expect(try Files.read(sandbox.store.path(of: state.id)) == bytes)
    }

    @Test(arguments: [[LinkType.hardlink], [.symlink]], [false, true])
    func aFileThatAProgramWritesIsLeftAlone(links: [LinkType], isKnown: Bool) throws {
        let sandbox = try Sandbox(links: links)
        try sandbox.write("f", "text")
        chmod(sandbox.path("f"), 0o640)
        let object = isKnown ? try sandbox.store.insert(Array("text".utf8)) : ObjectID(digest: MD5.hash("text".utf8))
        let writer = try Files.open(sandbox.path("f"), O_WRONLY)
        #expect(throws: StoreError.beingWritten(sandbox.path("f"))) {
            try sandbox.workspace.add(sandbox.path("f"))
        }
        #expect(sandbox.store.contains(object) == isKnown)
        #expect(try sandbox.mode(sandbox.path("f")) == 0o640)
        try Files.write(Array("more".utf8), to: writer, path: "f")
        close(writer)
        #expect(try sandbox.read("f") == "more")
        let state = try #require(try sandbox.workspace.add(sandbox.path("f"))).state
        #expect(state.id.digest == MD5.hash("more".utf8))
        #expect(try sandbox.store.verify(state.id))
    }

    @Test func addingAgainHealsTheCache() throws {
        let sandbox = try Sandbox()
        for name in ["a", "b", "c"] { try sandbox.write("d/" + name, name) }
        usleep(60_000)
        let first = try #require(try sandbox.workspace.add(sandbox.path("d")))
        let ids = try sandbox.store.list()
        try sandbox.store.remove(ids[0])
        let damaged = sandbox.store.path(of: ids[1])
        chmod(damaged, 0o644)
        try Files.writeAtomically(Array("damaged".utf8), to: damaged)
        #expect(try sandbox.workspace.add(sandbox.path("d"))?.state == first.state)
        for id in ids { #expect(try sandbox.store.verify(id)) }
    }

    @Test func withoutCommitNothingIsStored() throws {
        let sandbox = try Sandbox()
        try sandbox.write("d/a", "1")
        let addition = try #require(try sandbox.workspace.add(sandbox.path("d"), commit: false))
        #expect(addition.state.fileCount == 1)
        #expect(!Files.exists(sandbox.store.root))
    }

    @Test func withoutRelinkFilesStayAsTheyAre() throws {
        let sandbox = try Sandbox(links: [.hardlink])
        try sandbox.write("d/a", "1")
        let before = try Files.status(sandbox.path("d/a"))
        let addition = try #require(try sandbox.workspace.add(sandbox.path("d"), relink: false))
        #expect(try Files.status(sandbox.path("d/a")) == before)
        #expect(try sandbox.store.objects(of: addition.state.id).allSatisfy { try sandbox.store.verify($0) })
    }

    @Test func onePartOfADirectoryCanBeAdded() throws {
        let sandbox = try Sandbox()
        for name in ["a", "sub/b", "sub/c"] { try sandbox.write("d/" + name, name) }
        let path = sandbox.path("d")
        let whole = try #require(try sandbox.workspace.add(path))
        try Files.remove(path)
        try sandbox.write("d/sub/new", "new")
        let file = try #require(try sandbox.workspace.add(path, existing: whole.tree, subpath: "sub/new"))
        #expect(file.state.fileCount == 4)
        #expect(file.state.size == 14)
        // A tree read from its object knows no sizes.
        let stored = try #require(try sandbox.store.tree(whole.state.id))
        let recorded = try #require(
            try sandbox.workspace.add(path, existing: stored, existingSize: 11, subpath: "sub/new")
        )
        #expect(recorded.state == file.state)
        #expect(recorded.isSizeKnown)
        #expect(try sandbox.workspace.add(path, existing: stored, subpath: "sub/new")?.isSizeKnown == false)
        let directory = try #require(try sandbox.workspace.add(path, existing: whole.tree, subpath: "sub"))
        #expect(directory.tree.map { tree in (0..<tree.count).map { tree.path(at: $0) } } == ["a", "sub/new"])
        let gone = try #require(try sandbox.workspace.add(path, existing: whole.tree, subpath: "a"))
        #expect(gone.state.fileCount == 2)
        #expect(try sandbox.store.containsVerified(gone.state.id))
    }
}
