import Basics
import ObjectStore
import Projects
import Testing
import Tracking

@Suite struct CommitTests {
    private func commit(
        _ project: TemporaryProject,
        _ targets: [String] = [],
        force: Bool = false,
        answer: Bool = false
    ) throws -> Int {
        let opened = try project.open()
        var questions = 0
        var options = Project.CommitOptions()
        options.isForced = force
        _ = try opened.locked {
            try opened.commit(targets, options) { _ in
                questions += 1
                return answer
            }
        }
        return questions
    }

    @Test func changesAreRecordedOnlyAfterAYes() throws {
        let project = try TemporaryProject()
        try project.write("a\n", to: "a")
        let opened = try project.open()
        _ = try opened.locked { try opened.add(["a"]) }
        #expect(try commit(project) == 0)
        try project.write("b\n", to: "a")
        let before = try project.read("a.dvc")
        #expect(throws: ProjectError.self) { try commit(project) }
        #expect(try project.read("a.dvc") == before)
        #expect(try commit(project, answer: true) == 1)
        #expect(try project.read("a.dvc") != before)
        #expect(try project.open().status([])?.stages.allSatisfy { $0.changes.isEmpty } == true)
    }

    @Test func whatWasNotCommittedIsBroughtIntoTheCache() throws {
        let project = try TemporaryProject()
        try project.write("a\n", to: "a")
        let opened = try project.open()
        var options = Project.AddOptions()
        options.commits = false
        _ = try opened.locked { try opened.add(["a"], options) }
        #expect(!Files.exists(opened.store.root + "/files"))
        #expect(try commit(project) == 0)
        #expect(try opened.isCachedForTests("a.dvc"))
    }

    @Test func aStageThatNeverRanGetsItsLockAndRun() throws {
        let project = try TemporaryProject()
        try project.write("1\n", to: "in")
        try project.write("1\n", to: "out")
        let pipeline = "stages:\n  a:\n    cmd: cp in out\n    deps:\n    - in\n    outs:\n    - out\n"
        try project.write(pipeline, to: "dvc.yaml")
        #expect(throws: ProjectError.self) { try commit(project) }
        #expect(try project.read("dvc.lock") == nil)
        _ = try commit(project, force: true)
        #expect(try project.read("dvc.lock")?.contains("md5: b026324c6904b2a9cb4b88d6d61c81d1") == true)
        #expect(try Files.names(in: project.path(".dvc/cache/runs")).count == 1)
        #expect(try project.read(".gitignore") == "/out\n")
    }

    @Test func aMissingOutputIsAnError() throws {
        let project = try TemporaryProject()
        try project.write("a\n", to: "a")
        let opened = try project.open()
        _ = try opened.locked { try opened.add(["a"]) }
        try Files.remove(project.path("a"))
        #expect(throws: ProjectError.self) { try commit(project, force: true) }
    }

    @Test func aMissingOutputKeepsTheOthersOutOfTheCache() throws {
        let project = try TemporaryProject()
        try project.write("1\n", to: "one")
        let pipeline = "stages:\n  a:\n    cmd: make\n    outs:\n    - one\n    - two\n"
        try project.write(pipeline, to: "dvc.yaml")
        #expect(throws: ProjectError.self) { try commit(project, force: true) }
        #expect(!Files.exists(project.path(".dvc/cache/files")))
        #expect(try project.read("dvc.lock") == nil)
    }

    @Test func aPartOfADirectoryRecordsTheWhole() throws {
        let project = try TemporaryProject()
        try project.write("a\n", to: "d/a")
        let opened = try project.open()
        _ = try opened.locked { try opened.add(["d"]) }
        try project.write("b\n", to: "d/b")
        _ = try commit(project, ["d/b"], force: true)
        #expect(try project.read("d.dvc")?.contains("  nfiles: 2\n") == true)
        #expect(throws: StoreError.self) { try commit(project, ["d/nosuch"], force: true) }
        // A name of a metafile never means a path inside of a directory.
        #expect(throws: ProjectError.self) { try commit(project, ["d/nosuch.dvc"], force: true) }
    }
}

extension Project {
    /// Whether the object of a `.dvc` file's only output is in the cache.
    func isCachedForTests(_ metafile: String) throws -> Bool {
        let stage = try dataStage(at: absolute(metafile))
        return stage.outputs[0].object.map { store.contains($0) } ?? false
    }
}
