import Basics
import ObjectStore
import Projects
import Testing

@Suite struct PushAndFetchTests {
    @Test func aPartOfADirectoryIsSentAndTheRestLater() throws {
        let project = try TemporaryProject()
        try project.addRemote()
        try project.track(["d"], files: ["d/x": "x", "d/e/y": "y"])
        let part = try project.open().push(DataSelection(targets: ["d/e"]))
        #expect(part.result.transferred.count == 2)
        // The manifest is there by now, and yet what it lists is asked for.
        #expect(try project.open().push(DataSelection(targets: ["d"])).result.transferred.count == 1)
        #expect(try project.remoteObjects() == project.cachedObjects())
    }

    @Test func wholeAndPartOfOneDirectoryIsTheWhole() throws {
        let project = try TemporaryProject()
        try project.addRemote()
        try project.track(["d"], files: ["d/x": "x", "d/e/y": "y"])
        let all = try project.open().push(DataSelection(targets: ["d/e", "d.dvc", "d/x"]))
        #expect(all.result.transferred.count == 3)
    }

    @Test func dataWithoutARemoteIsAnErrorAfterTheRestWasSent() throws {
        let project = try TemporaryProject()
        try project.addRemote("other", isDefault: false)
        try project.track(["foo", "bar"], files: ["foo": "foo", "bar": "bar"])
        try project.write(try #require(try project.read("foo.dvc")) + "  remote: other\n", to: "foo.dvc")
        #expect(throws: ProjectError.self) { try project.open().push(DataSelection()) }
        #expect(try project.remoteObjects("other").count == 1)
        let fetched = try project.open().fetch(DataSelection())
        #expect(fetched.lacksRemote)
    }

    @Test func revisionsThatCannotBeReadArePassedOver() throws {
        let project = try TemporaryProject()
        try project.addRemote()
        try project.track(["foo"], files: ["foo": "one"])
        try project.commit("one")
        try project.write("outs: nonsense", to: "bad.dvc")
        try project.commit("bad")
        try Files.remove(project.path("bad.dvc"))
        try project.track(["foo"], files: ["foo": "two"])
        try project.commit("two")
        let scope = RevisionScope(allCommits: true)
        let outcome = try project.open().push(DataSelection(revisions: scope))
        #expect(outcome.result.transferred.count == 2)
        #expect(outcome.skipped.count == 1)
    }

    @Test func largeOutputsAndOtherKindsAreLeftOut() throws {
        let project = try TemporaryProject()
        try project.addRemote()
        try project.track(["small", "large"], files: ["small": "1", "large": "12345"])
        try project.open().push(DataSelection())
        try Files.remove(project.path(".dvc/cache"))
        var limits = FetchLimits()
        limits.kinds = [.metrics]
        #expect(try project.open().fetch(DataSelection(), limits: limits).result.transferred.isEmpty)
        limits = FetchLimits()
        limits.size = 5
        #expect(try project.open().fetch(DataSelection(), limits: limits).result.transferred.count == 1)
    }

    @Test func corruptObjectsOfARemoteAreNotTaken() throws {
        let project = try TemporaryProject()
        try project.addRemote()
        try project.track(["foo"], files: ["foo": "foo"])
        try project.open().push(DataSelection())
        let id = try #require(try project.cachedObjects().first.flatMap { ObjectID($0) })
        try Files.remove(project.path(".dvc/cache"))
        let object = project.path(".dvc/r-store/files/md5/\(id.relativePath)")
        try Files.remove(object)
        try Files.writeAtomically(Array("bad".utf8), to: object)
        #expect(try project.open().fetch(DataSelection()).result.missing == [id])
        #expect(try project.cachedObjects().isEmpty)
    }
}
