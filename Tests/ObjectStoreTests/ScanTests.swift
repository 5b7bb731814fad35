import Basics
import Digests
import Glibc
import ObjectStore
import Testing

/// Leaves out paths by name.
struct NameFilter: PathFilter {
    let names: Set<String>
    var isEmpty: Bool { names.isEmpty }

    func isIgnored(_ relativePath: String, isDirectory: Bool) -> Bool { names.contains(Paths.name(relativePath)) }
}

@Suite struct ScanTests {
    @Test func aDirectoryOfDVCGetsTheSameName() throws {
        let sandbox = try Sandbox()
        for (name, text) in ManifestFixture.files where name != "lnk" { try sandbox.write("d/" + name, text) }
        symlink("../d/a.txt", sandbox.path("d/lnk"))
        symlink("a", sandbox.path("d/sublink"))
        try Files.makeDirectories(sandbox.path("d/empty/deeper"))
        let state = try sandbox.workspace.currentState(of: sandbox.path("d"))
        #expect(state?.id.description == ManifestFixture.id)
        #expect(state?.size == 21)
        #expect(state?.fileCount == 16)
        let addition = try sandbox.workspace.add(sandbox.path("d"))
        #expect(addition?.state == state)
        #expect(try Files.status(sandbox.path("d/lnk"))?.kind == .regular)
        #expect(try Files.status(sandbox.path("d/sublink"))?.kind == .symbolicLink)
    }

    @Test func aLinkThatLeadsNowhereIsAnError() throws {
        let sandbox = try Sandbox()
        try sandbox.write("d/a", "1")
        symlink("nowhere", sandbox.path("d/b"))
        #expect(throws: StoreError.brokenLink(sandbox.path("d/b"))) {
            try sandbox.workspace.currentState(of: sandbox.path("d"))
        }
        #expect(throws: StoreError.brokenLink(sandbox.path("d/b"))) {
            try sandbox.workspace.currentState(of: sandbox.path("d/b"))
        }
    }

    @Test func pipesAreErrorsUnlessIgnored() throws {
        var sandbox = try Sandbox()
        try sandbox.write("d/a", "1")
        mkfifo(sandbox.path("d/pipe"), 0o600)
        #expect(throws: StoreError.unsupportedFile(sandbox.path("d/pipe"))) {
            try sandbox.workspace.currentState(of: sandbox.path("d"))
        }
        sandbox.workspace.filter = NameFilter(names: ["pipe"])
        #expect(try sandbox.workspace.currentState(of: sandbox.path("d"))?.fileCount == 1)
        sandbox = try Sandbox()
        mkfifo(sandbox.path("pipe"), 0o600)
        #expect(throws: StoreError.unsupportedFile(sandbox.path("pipe"))) {
            try sandbox.workspace.currentState(of: sandbox.path("pipe"))
        }
    }

    @Test func ignoredPathsDoNotCountAndStay() throws {
        let sandbox = try Sandbox()
        for name in ["keep", "tmp/x", "sub/skip.log", "sub/keep"] { try sandbox.write("d/" + name, name) }
        sandbox.workspace.filter = NameFilter(names: ["tmp", "skip.log"])
        let addition = try #require(try sandbox.workspace.add(sandbox.path("d")))
        #expect(addition.tree.map { tree in (0..<tree.count).map { tree.path(at: $0) } } == ["keep", "sub/keep"])
        _ = try sandbox.workspace.checkout(Tree.empty.id, to: sandbox.path("d"))
        #expect(try Set(sandbox.contents("d").keys) == ["tmp/x", "sub/skip.log"])
    }

    @Test func anIgnoreFileInsideAnOutputIsAnError() throws {
        let sandbox = try Sandbox()
        try sandbox.write("d/sub/.dvcignore", "*")
        #expect(throws: StoreError.ignoreFileInside(sandbox.path("d/sub"))) {
            try sandbox.workspace.currentState(of: sandbox.path("d"))
        }
    }

    @Test func changesInsideAreSeenThroughTheIndex() throws {
        let sandbox = try Sandbox()
        let path = sandbox.path("d")
        for number in 0..<50 { try sandbox.write("d/s\(number % 5)/f\(number)", "content \(number)") }
        usleep(60_000)
        func fresh() throws -> OutputState? {
            try Workspace(store: sandbox.store, threads: 1).currentState(of: path)
        }
        func check(_ comment: Comment) throws {
            let first = try sandbox.workspace.currentState(of: path)
            #expect(try first == fresh(), comment)
            usleep(30_000)
            #expect(try sandbox.workspace.currentState(of: path) == first, comment)
        }
        try check("nothing changed")
        try sandbox.write("d/s1/new", "x")
        try check("a new file")
        try Files.remove(sandbox.path("d/s2/f2"))
        try check("a removed file")
        try sandbox.write("d/s3/f3", "CONTENT 3")
        try check("a file replaced by one of the same size")
        try sandbox.write("d/s9/deep/er/x", "x")
        try check("a new directory")
        try Files.rename(sandbox.path("d/s4"), to: sandbox.path("d/s44"))
        try check("a renamed directory")
        try Files.remove(sandbox.path("d/s0"))
        try sandbox.write("d/s0", "now a file")
        try check("a directory replaced by a file")
        try Files.remove(sandbox.path("d/s1"))
        symlink("s2", sandbox.path("d/s1"))
        try check("a directory replaced by a link")
        chmod(sandbox.path("d/s2/f7"), 0o755)
        try check("other permissions")
    }

    @Test func aWriteThatRestoresTheTimeIsSeen() throws {
        let sandbox = try Sandbox()
        try sandbox.write("d/f", "one")
        let path = sandbox.path("d/f")
        usleep(60_000)
        _ = try sandbox.workspace.currentState(of: sandbox.path("d"))
        usleep(60_000)
        let before = try sandbox.workspace.currentState(of: sandbox.path("d"))
        var status = stat()
        stat(path, &status)
        let descriptor = try Files.open(path, O_WRONLY)
        try Files.write(Array("two".utf8), to: descriptor, path: path)
        let times = [status.st_atim, status.st_mtim]
        futimens(descriptor, times)
        close(descriptor)
        #expect(try sandbox.workspace.currentState(of: sandbox.path("d")) != before)
    }

    @Test func aDamagedIndexIsIgnored() throws {
        let sandbox = try Sandbox()
        for number in 0..<20 { try sandbox.write("d/f\(number)", "content \(number)") }
        try sandbox.write("single", "one")
        usleep(60_000)
        func states() throws -> [OutputState?] {
            let workspace = Workspace(
                store: sandbox.store,
                index: StatIndex(folder: sandbox.root + "/index"),
                threads: 2
            )
            defer { workspace.index?.save() }
            return try ["d", "single"].map { try workspace.currentState(of: sandbox.path($0)) }
        }
        let expected = try states()
        for file in try Files.names(in: sandbox.root + "/index") where file.hasSuffix(".index") {
            let path = sandbox.root + "/index/" + file
            let good = try Files.read(path)
            for position in stride(from: 0, to: good.count, by: 37) {
                var bad = good
                bad[position] ^= 0x55
                try Files.writeAtomically(bad, to: path)
                #expect(try states() == expected)
            }
            for length in [0, 1, 24, 127, 128, good.count - 1] {
                try Files.writeAtomically(Array(good.prefix(length)), to: path)
                #expect(try states() == expected)
            }
        }
    }

    @Test func aLeftoverCopyBelongsToAFileBesideIt() throws {
        let sandbox = try Sandbox()
        try sandbox.write("d/a", "1")
        let clean = try #require(try sandbox.workspace.add(sandbox.path("d"))).state.id
        try sandbox.write("d/" + TemporaryNames.derived(from: "a".utf8), "half")
        #expect(try sandbox.workspace.currentState(of: sandbox.path("d"))?.id == clean)
        try sandbox.write("d/" + TemporaryNames.derived(from: "gone".utf8), "a user's file")
        #expect(try sandbox.workspace.currentState(of: sandbox.path("d"))?.fileCount == 2)
    }

    @Test func leftoverLinksOfADeadProcessDoNotCount() throws {
        let sandbox = try Sandbox(links: [.hardlink])
        try sandbox.write("d/a", "1")
        let state = try #require(try sandbox.workspace.add(sandbox.path("d"))).state
        link(sandbox.path("d/a"), sandbox.path("d/.abcdefghijklmnopqrstuv.tmp"))
        symlink(sandbox.path("d/a"), sandbox.path("d/.abcdefghijklmnopqrstuw.tmp"))
        #expect(try sandbox.workspace.currentState(of: sandbox.path("d")) == state)
        try sandbox.write("d/.abcdefghijklmnopqrstux.tmp", "a user's file")
        #expect(try sandbox.workspace.currentState(of: sandbox.path("d"))?.fileCount == 2)
    }

    @Test func manyFilesInOneDirectoryAreSharedOut() throws {
        let sandbox = try Sandbox()
        for number in 0..<5000 { try sandbox.write("d/f\(number)", "\(number)") }
        let first = try #require(try sandbox.workspace.currentState(of: sandbox.path("d")))
        #expect(first.fileCount == 5000)
        #expect(try Workspace(store: sandbox.store, threads: 1).currentState(of: sandbox.path("d")) == first)
        #expect(try sandbox.workspace.currentState(of: sandbox.path("d")) == first)
    }

    @Test func legacyStoresHashTextWithUnixLineEnds() throws {
        let sandbox = try Sandbox(kind: .md5DOS2Unix)
        try sandbox.write("f", "x\r\ny\r\n")
        let state = try #require(try sandbox.workspace.currentState(of: sandbox.path("f")))
        #expect(state.id.digest == MD5.hash("x\ny\n".utf8))
        #expect(state.size == 6)
    }
}
