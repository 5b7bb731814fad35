import Basics
import Projects
import Testing
import Tracking

@Suite struct ListingTests {
    @Test func dataThatIsNotThereIsListedWithWhatIs() throws {
        let project = try TemporaryProject()
        try project.track(["d"], files: ["d/x": "x", "d/e/y": "y"])
        try Files.remove(project.path("d"))
        try project.write("new", to: "d/new")
        #expect(try names(project) == ["d/e/y", "d/new", "d/x"])
        #expect(try names(project, path: "d/e") == ["y"])
        #expect(try names(project, path: "d", onlyOutputs: true) == ["e/y", "x"])
        #expect(throws: ListingError.self) { try names(project, path: "d/none") }
        #expect(throws: ListingError.self) { try names(project, path: "..") }
    }

    @Test func aRevisionIsListedAsItWas() throws {
        let project = try TemporaryProject()
        try project.track(["d"], files: ["d/x": "x", "run.sh": "true"])
        try project.commit("one")
        try Files.remove(project.path("d.dvc"))
        try Files.remove(project.path("d"))
        let place = Project.Place.repository(project.root, revision: "HEAD")
        var options = Project.ListingOptions()
        options.onlyOutputs = true
        #expect(try Project.list(place, options, project.open().environment).entries.map(\.path) == ["d"])
        let usage = try Project.diskUsage(place, path: "d", summarize: true, project.open().environment)
        #expect(usage.entries == [DiskUsage.Entry(path: "d", bytes: 1)])
    }

    @Test func aManifestThatOnlyTheRemoteHasIsReadAndNotKept() throws {
        let project = try TemporaryProject()
        try project.addRemote()
        try project.track(["d"], files: ["d/x": "x"])
        try project.open().push(DataSelection())
        try Files.remove(project.path(".dvc/cache"))
        try Files.remove(project.path("d"))
        #expect(try names(project) == ["d/x"])
        #expect(!Files.exists(project.path(".dvc/cache")))
    }

    @Test func linksThatLeadInCirclesAreNotFollowed() throws {
        let project = try TemporaryProject()
        try project.write("x", to: "s/x")
        try FileSystem.link(project.path("s/loop"), to: "..")
        #expect(try names(project, path: "s") == ["loop", "x"])
    }

    @Test func sizesThatNobodyHasDoNotTrap() throws {
        let project = try TemporaryProject()
        let output = "outs:\n- md5: d3b07384d113edec49eaa6238ad5ff00\n  size: 9223372036854775807\n  hash: md5\n"
        try project.write(output + "  path: a\n", to: "a.dvc")
        try project.write(output + "  path: b\n", to: "b.dvc")
        let place = Project.Place.repository(project.root, revision: nil)
        let usage = try Project.diskUsage(place, path: nil, summarize: false, project.open().environment)
        #expect(usage.entries.last?.bytes == .max)
    }

    private func names(_ project: TemporaryProject, path: String? = nil, onlyOutputs: Bool = false) throws -> [String] {
        var options = Project.ListingOptions()
        options.isRecursive = true
        options.path = path
        options.onlyOutputs = onlyOutputs
        let place = Project.Place.repository(project.root, revision: nil)
        let listing = try Project.list(place, options, project.open().environment)
        return listing.entries.map(\.path).filter { !$0.hasSuffix(".dvc") && !$0.hasPrefix(".") }
    }
}
