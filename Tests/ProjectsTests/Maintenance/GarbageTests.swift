import Basics
import Glibc
import ObjectStore
import Projects
import Testing

@Suite struct GarbageTests {
    @Test func onlyWhatIsNotUsedGoes() throws {
        let project = try TemporaryProject()
        try project.track(["d"], files: ["d/x": "x", "d/y": "y"])
        try project.commit("one")
        try Files.remove(project.path("d/y"))
        try project.track(["d"], files: ["d/x": "x"])
        var options = GarbageOptions()
        options.revisions.allBranches = true
        #expect(try removed(project, options).isEmpty)
        options.revisions.allBranches = false
        options.isDryRun = true
        #expect(try removed(project, options).count == 2)
        options.isDryRun = false
        #expect(try removed(project, options).count == 2)
        #expect(try project.cachedObjects().count == 2)
    }

    @Test func nothingIsRemovedWhenAManifestLacksAndNobodyAgrees() throws {
        let project = try TemporaryProject()
        try project.track(["d"], files: ["d/x": "x"])
        let manifest = try #require(try project.cachedObjects().first { $0.hasSuffix(".dir") }.flatMap { ObjectID($0) })
        try project.open().store.remove(manifest)
        #expect(throws: SharingError.missingManifest("d")) {
            try project.open().collectGarbage(GarbageOptions(), confirm: { _ in false })
        }
        #expect(try project.cachedObjects().count == 1)
    }

    @Test func objectsThatComeWhileItRunsStay() throws {
        let project = try TemporaryProject()
        try project.track(["d"], files: ["d/x": "x"])
        let manifest = try #require(try project.cachedObjects().first { $0.hasSuffix(".dir") }.flatMap { ObjectID($0) })
        try project.open().store.remove(manifest)
        usleep(20_000)
        let removed = try project.open().collectGarbage(GarbageOptions()) { _ in
            // Another project adds to the same cache after this one has looked at its own metafiles.
            (try? project.open().store.insert(Array("new".utf8))) != nil
        }
        #expect(removed.flatMap(\.paths).count == 1)
        #expect(try project.cachedObjects().count == 1)
    }

    @Test func whatOtherProjectsUseStays() throws {
        let (project, other) = (try TemporaryProject(), try TemporaryProject())
        try other.write("[cache]\n    dir = \(project.path(".dvc/cache"))\n", to: ".dvc/config")
        try other.track(["foo"], files: ["foo": "other"])
        try project.track(["foo"], files: ["foo": "own"])
        var options = GarbageOptions()
        // Its own project does no harm, however it is reached.
        options.projects = [other.root, project.path(".dvc/.."), other.root + "/.dvc"]
        #expect(try removed(project, options).isEmpty)
        options.projects = []
        #expect(try removed(project, options).count == 1)
    }

    @Test func remotesAreCleanedAndWhatTheyHaveGoesFromTheCache() throws {
        let project = try TemporaryProject()
        try project.addRemote()
        try project.track(["foo"], files: ["foo": "one"])
        try project.open().push(DataSelection())
        try project.track(["foo"], files: ["foo": "two"])
        try project.open().push(DataSelection())
        var options = GarbageOptions()
        options.cleansRemotes = true
        _ = try removed(project, options)
        #expect(try project.remoteObjects() == project.cachedObjects())
        #expect(try project.cachedObjects().count == 1)
        options = GarbageOptions()
        options.onlyAbsent = true
        #expect(try removed(project, options).count == 1)
    }

    private func removed(_ project: TemporaryProject, _ options: GarbageOptions) throws -> [String] {
        // The clock of files goes in steps, and what came in the step of the start stays.
        usleep(20_000)
        return try project.open().collectGarbage(options, confirm: { _ in false }).flatMap(\.paths)
    }
}
