import Basics
import OrderedCollections
import Projects
import Testing
import Tracking
import Values

@Suite struct DataStatusTests {
    private func project() throws -> TemporaryProject {
        let project = try TemporaryProject()
        try project.write("1", to: "d/x")
        try project.write("2", to: "d/s/y")
        try project.write("3", to: "f")
        try project.add("d", "f")
        try project.commit([:])
        return project
    }

    private func json(_ project: TemporaryProject, _ targets: [String] = [], granular: Bool = false) throws -> String {
        var options = Project.DataStatusOptions()
        options.isGranular = granular
        return try project.open().dataStatus(targets, options).json.json()
    }

    @Test func aCommittedProjectHasNoChanges() throws {
        let project = try project()
        #expect(try json(project, granular: true) == "{}")
    }

    @Test func changesOfTheWorkspaceAreUncommitted() throws {
        let project = try project()
        try project.write("4", to: "d/s/z")
        try Files.remove(project.path("f"))
        #expect(try json(project) == #"{"uncommitted": {"modified": ["d/"], "deleted": ["f"]}}"#)
        let granular = #"{"uncommitted": {"modified": ["d/"], "added": ["d/s/z"], "deleted": ["f"]}}"#
        #expect(try json(project, granular: true) == granular)
        #expect(try json(project, ["d/s"], granular: true) == #"{"uncommitted": {"added": ["d/s/z"]}}"#)
        #expect(try json(project, ["d/s"]) == "{}")
    }

    @Test func theFilesOfADirectoryWithoutListingAreUnknown() throws {
        let project = try project()
        try Files.remove(project.path(".dvc/cache"))
        let expected = """
            {"not_in_cache": ["d/", "f"], "uncommitted": {"unknown": ["d/s/", "d/s/y", "d/x"]}}
            """
        #expect(try json(project, granular: true) == expected)
    }

    @Test func withoutCommitsAllIsAdded() throws {
        let project = try TemporaryProject()
        try project.write("3", to: "f")
        try project.add("f")
        #expect(try json(project) == #"{"committed": {"added": ["f"]}}"#)
    }

    @Test func whatWasNotPushedIsNotInTheRemote() throws {
        let project = try project()
        var options = Project.DataStatusOptions()
        options.asksRemote = true
        options.isGranular = true
        #expect(try project.open().dataStatus([], options).notInRemote == ["d/", "d/s/y", "d/x", "f"])
        try project.write("['remote \"r\"']\n    url = \(project.path("store"))\n", to: ".dvc/config.local")
        _ = try project.open().push(DataSelection(targets: ["d"], remote: "r"))
        options.remote = "r"
        #expect(try project.open().dataStatus([], options).notInRemote == ["f"])
        options.remote = "nosuch"
        #expect(throws: (any Error).self) { try project.open().dataStatus([], options) }
    }

    @Test func untrackedFilesAreThoseOfGit() throws {
        let project = try project()
        try project.write("", to: "new/a b")
        var options = Project.DataStatusOptions()
        options.showsUntracked = true
        let status = try project.open(in: "new").dataStatus([], options)
        #expect(status.untracked == ["a b"])
        #expect(status.git.isDirty)
    }
}

@Suite struct DataDiffCollectionTests {
    @Test func filesOfDirectoriesAreComparedBetweenCommits() throws {
        let project = try TemporaryProject()
        try project.write("1", to: "d/x")
        try project.write("2", to: "d/y")
        try project.add("d")
        try project.commit([:])
        try Files.rename(project.path("d/x"), to: project.path("d/moved"))
        try project.add("d")
        try project.commit([:])
        let diff = try project.open().dataDiff(from: "HEAD~1", to: "HEAD", targets: [])
        #expect(diff.renamed.map { [$0.oldPath, $0.newPath] } == [["d/x", "d/moved"]])
        #expect(diff.modified.map(\.path) == ["d/"])
        let some = try project.open().dataDiff(from: "HEAD~1", to: "HEAD", targets: ["d/moved"])
        #expect(some.added.map(\.path) == ["d/moved"])
        #expect(some.modified.isEmpty)
    }

    @Test func aTargetOfNeitherRevisionIsAnError() throws {
        let project = try TemporaryProject()
        try project.write("1", to: "f")
        try project.add("f")
        try project.commit([:])
        #expect(throws: ProjectError.self) { try project.open().dataDiff(from: "HEAD", to: nil, targets: ["nosuch"]) }
    }

    @Test func unchangedDataThatTheCacheLacksIsTold() throws {
        let project = try TemporaryProject()
        try project.write("1", to: "d/x")
        try project.write("2", to: "d/y")
        try project.add("d")
        try project.commit([:])
        let object = project.path(".dvc/cache/files/md5/c4/ca4238a0b923820dcc509a6f75849b")
        try Files.remove(object)
        let diff = try project.open().dataDiff(from: "HEAD", to: nil, targets: [])
        #expect(diff.notInCache.map(\.path) == ["d/x"])
        #expect(diff.modified.isEmpty)
    }
}
