import Basics
import Digests
import Glibc
import ObjectStore
import Testing

@Suite struct CheckoutTests {
    private func added(_ sandbox: Sandbox, _ files: [String: String]) throws -> ObjectID {
        try Files.remove(sandbox.path("d"))
        for (name, text) in files { try sandbox.write("d/" + name, text) }
        return try #require(try sandbox.workspace.add(sandbox.path("d"))).state.id
    }

    @Test func filesAndDirectoriesCanChangePlaces() throws {
        let sandbox = try Sandbox()
        let one = try added(sandbox, ["a": "file", "b/x": "1", "b/y/z": "2", "same": "0"])
        let two = try added(sandbox, ["a/x/y": "3", "b": "file", "same": "0"])
        for _ in 0..<2 {
            _ = try sandbox.workspace.checkout(one, to: sandbox.path("d"))
            #expect(try sandbox.contents("d") == ["a": "file", "b/x": "1", "b/y/z": "2", "same": "0"])
            _ = try sandbox.workspace.checkout(two, to: sandbox.path("d"))
            #expect(try sandbox.contents("d") == ["a/x/y": "3", "b": "file", "same": "0"])
        }
    }

    @Test func anOutputCanChangeFromFileToDirectoryAndBack() throws {
        let sandbox = try Sandbox()
        let tree = try added(sandbox, ["x": "1"])
        try Files.remove(sandbox.path("d"))
        try sandbox.write("d", "file")
        let file = try #require(try sandbox.workspace.add(sandbox.path("d"))).state.id
        #expect(try sandbox.workspace.checkout(tree, to: sandbox.path("d")).isComplete)
        #expect(try sandbox.contents("d") == ["x": "1"])
        #expect(try sandbox.workspace.checkout(file, to: sandbox.path("d")).change == .modified)
        #expect(try sandbox.read("d") == "file")
        try sandbox.write("d", "precious")
        #expect(throws: StoreError.wouldLoseData([sandbox.path("d")])) {
            try sandbox.workspace.checkout(tree, to: sandbox.path("d"))
        }
        #expect(throws: StoreError.wouldLoseData([sandbox.path("d")])) {
            try sandbox.workspace.checkout(file, to: sandbox.path("d"))
        }
        #expect(try sandbox.read("d") == "precious")
    }

    @Test func nothingIsWrittenThroughALinkInsideTheOutput() throws {
        let sandbox = try Sandbox()
        let id = try added(sandbox, ["sub/x": "1", "sub/deep/y": "2"])
        try Files.remove(sandbox.path("d/sub"))
        try Files.makeDirectories(sandbox.root + "/outside")
        symlink(sandbox.root + "/outside", sandbox.path("d/sub"))
        _ = try sandbox.workspace.checkout(id, to: sandbox.path("d"))
        #expect(try Files.names(in: sandbox.root + "/outside").isEmpty)
        #expect(try sandbox.contents("d") == ["sub/x": "1", "sub/deep/y": "2"])
    }

    @Test func missingObjectsAreReportedAndNothingIsLost() throws {
        let sandbox = try Sandbox()
        let id = try added(sandbox, ["a": "1", "b": "2"])
        let missing = ObjectID(digest: MD5.hash("1".utf8))
        _ = try added(sandbox, ["a": "other", "b": "2"])
        try sandbox.store.remove(missing)
        let result = try sandbox.workspace.checkout(id, to: sandbox.path("d"))
        #expect(result.missing == [missing])
        #expect(!result.isComplete)
        #expect(try sandbox.contents("d") == ["a": "other", "b": "2"])
        try sandbox.store.remove(id)
        try Files.remove(sandbox.path("d"))
        #expect(try sandbox.workspace.checkout(id, to: sandbox.path("d")).missing == [id])
        #expect(!sandbox.exists("d"))
    }

    @Test(arguments: [[LinkType.copy], [.hardlink], [.symlink]])
    func aCorruptObjectIsRemovedAndNotServed(links: [LinkType]) throws {
        let sandbox = try Sandbox(links: links)
        let id = try added(sandbox, ["a": "1"])
        let object = ObjectID(digest: MD5.hash("1".utf8))
        try Files.remove(sandbox.path("d"))
        try Files.remove(sandbox.store.path(of: object))
        try Files.writeAtomically(Array("bad".utf8), to: sandbox.store.path(of: object))
        let result = try sandbox.workspace.checkout(id, to: sandbox.path("d"))
        #expect(result.missing == [object])
        #expect(!sandbox.store.contains(object))
        #expect(!sandbox.exists("d/a"))
    }

    @Test func aHostileManifestWritesNothing() throws {
        let sandbox = try Sandbox()
        let object = try sandbox.store.insert(Array("evil".utf8))
        let text = #"[{"md5": "\#(object)", "relpath": "../escaped"}]"#
        let id = try sandbox.store.insert(Array(text.utf8), isTree: true)
        #expect(throws: StoreError.self) { try sandbox.workspace.checkout(id, to: sandbox.path("d")) }
        #expect(!sandbox.exists("escaped"))
        #expect(!sandbox.exists("d"))
    }

    @Test func anIgnoredFileInTheWayIsNotOverwritten() throws {
        let sandbox = try Sandbox()
        let id = try added(sandbox, ["a": "1", "log": "tracked"])
        sandbox.workspace.filter = NameFilter(names: ["log"])
        try sandbox.write("d/log", "precious")
        #expect(throws: StoreError.wouldLoseData([sandbox.path("d/log")])) {
            try sandbox.workspace.checkout(id, to: sandbox.path("d"))
        }
        #expect(try sandbox.read("d/log") == "precious")
    }

    @Test func brokenLinksToTheCacheAreRestored() throws {
        let sandbox = try Sandbox(links: [.symlink])
        let id = try added(sandbox, ["a": "1", "b": "2"])
        let object = ObjectID(digest: MD5.hash("1".utf8))
        try sandbox.store.remove(object)
        #expect(throws: StoreError.brokenLink(sandbox.path("d/a"))) {
            try sandbox.workspace.currentState(of: sandbox.path("d"))
        }
        #expect(try sandbox.workspace.checkout(id, to: sandbox.path("d")).missing == [object])
        try sandbox.store.insert(Array("1".utf8))
        #expect(try sandbox.workspace.checkout(id, to: sandbox.path("d")).isComplete)
        #expect(try sandbox.read("d/a") == "1")
    }

    @Test(arguments: [[LinkType.copy], [.hardlink], [.symlink]])
    func whatADeadProcessLeftIsGoneOnceTheFileIsMade(links: [LinkType]) throws {
        let sandbox = try Sandbox(links: links)
        let one = try added(sandbox, ["a": "1"])
        _ = try added(sandbox, ["a": "2"])
        symlink("/nowhere", sandbox.path("d/" + TemporaryNames.derived(from: "a".utf8)))
        _ = try sandbox.workspace.checkout(one, to: sandbox.path("d"))
        #expect(try sandbox.contents("d") == ["a": "1"])
        #expect(try Files.names(in: sandbox.path("d")) == ["a"])
    }

    @Test func relinkingChangesOnlyTheKindOfFile() throws {
        let sandbox = try Sandbox(links: [.copy])
        let id = try added(sandbox, ["a": "1", "sub/b": "2"])
        for (type, kind) in [
            (LinkType.symlink, FileStatus.Kind.symbolicLink), (.hardlink, .regular), (.copy, .regular),
        ] {
            sandbox.workspace.linkTypes = [type]
            let result = try sandbox.workspace.checkout(id, to: sandbox.path("d"), relink: true)
            #expect(result.relinked == 2)
            #expect(result.change == .unchanged)
            #expect(try Files.status(sandbox.path("d/sub/b"))?.kind == kind)
            #expect(try sandbox.contents("d") == ["a": "1", "sub/b": "2"])
            #expect(try sandbox.workspace.currentState(of: sandbox.path("d"))?.id == id)
            #expect(try sandbox.workspace.checkout(id, to: sandbox.path("d"), relink: true).relinked == 0)
        }
        #expect(try Files.names(in: sandbox.path("d")) == ["a", "sub"])
    }

    @Test func onePartCanBeCheckedOut() throws {
        let sandbox = try Sandbox()
        let id = try added(sandbox, ["a": "1", "sub/b": "2", "sub/c/d": "3", "sub-x": "4"])
        try Files.remove(sandbox.path("d"))
        #expect(try sandbox.workspace.checkout(id, to: sandbox.path("d"), subpath: "sub/c").added == 1)
        #expect(try sandbox.contents("d") == ["sub/c/d": "3"])
        #expect(try sandbox.workspace.checkout(id, to: sandbox.path("d"), subpath: "sub").added == 1)
        try sandbox.write("d/untouched", "precious")
        #expect(try sandbox.workspace.checkout(id, to: sandbox.path("d"), subpath: "a").added == 1)
        #expect(try sandbox.contents("d") == ["a": "1", "sub/b": "2", "sub/c/d": "3", "untouched": "precious"])
        #expect(throws: StoreError.unrecorded(sandbox.path("d/nothing"))) {
            try sandbox.workspace.checkout(id, to: sandbox.path("d"), subpath: "nothing")
        }
    }

    @Test func theUserCanDecideAboutLoss() throws {
        let sandbox = try Sandbox()
        let id = try added(sandbox, ["a": "1"])
        try sandbox.write("d/a", "precious")
        #expect(throws: StoreError.self) {
            try sandbox.workspace.checkout(id, to: sandbox.path("d"), loss: .ask { _ in false })
        }
        let path = sandbox.path("d/a")
        let result = try sandbox.workspace.checkout(id, to: sandbox.path("d"), loss: .ask { $0 == [path] })
        #expect(result.modified == 1)
    }

    @Test func removingAnOutputKeepsWhatIsNotInTheCache() throws {
        let sandbox = try Sandbox()
        _ = try added(sandbox, ["a": "1", "sub/b": "2"])
        try Files.makeDirectories(sandbox.path("d/empty/er"))
        try sandbox.write("d/precious", "x")
        #expect(throws: StoreError.wouldLoseData([sandbox.path("d/precious")])) {
            try sandbox.workspace.remove(sandbox.path("d"))
        }
        #expect(try sandbox.contents("d").count == 3)
        try Files.remove(sandbox.path("d/precious"))
        #expect(try sandbox.workspace.remove(sandbox.path("d")).deleted == 2)
        #expect(!sandbox.exists("d"))
    }

    @Test func aCheckoutLeavesNoTemporaryFiles() throws {
        let sandbox = try Sandbox()
        let one = try added(sandbox, ["a": "1", "b": "2"])
        _ = try added(sandbox, ["a": "3", "b": "4"])
        _ = try sandbox.workspace.checkout(one, to: sandbox.path("d"))
        #expect(try Files.names(in: sandbox.path("d")) == ["a", "b"])
        for prefix in try Files.names(in: sandbox.store.folder) {
            #expect(
                try Files.names(in: sandbox.store.folder + "/" + prefix).allSatisfy { ObjectID(prefix + $0) != nil }
            )
        }
    }
}
