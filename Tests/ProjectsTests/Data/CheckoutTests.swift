import Basics
import ObjectStore
import Projects
import Testing
import Tracking

@Suite struct CheckoutTests {
    /// A project with these files, of which the named ones are under version control.
    private func project(tracking targets: String..., files: [String: String]) throws -> TemporaryProject {
        let project = try TemporaryProject()
        try project.track(targets, files: files)
        return project
    }

    private func checkout(
        _ project: TemporaryProject,
        _ targets: [String] = [],
        loss: LossPolicy = .refuse
    ) throws -> Project.CheckoutOutcome {
        let opened = try project.open()
        return try opened.locked { try opened.checkout(targets, loss: loss) }
    }

    @Test(arguments: [".git/hooks/post-checkout", "sub/.git/config", ".dvc/config", "sub/.dvc/config"])
    func filesOfGitAndOfDVCAreNoOutputs(path: String) throws {
        let project = try TemporaryProject()
        let id = try project.open().store.insert(Array("evil".utf8))
        try project.write("outs:\n- md5: \(id)\n  hash: md5\n  path: \(path)\n", to: "data.dvc")
        let before = try project.read(path)
        #expect(throws: ProjectError.self) { try checkout(project, loss: .force) }
        #expect(try project.read(path) == before)
    }

    @Test(arguments: ["''", "\"a\\0b\""])
    func pathsThatNameNoFileAreRefused(path: String) throws {
        let project = try TemporaryProject()
        try project.write("outs:\n- hash: md5\n  path: \(path)\n", to: "data.dvc")
        let error = #expect(throws: ProjectError.self) { try project.open().collect() }
        #expect(error?.description.contains("data.dvc:3: error: ") == true)
    }

    @Test func aMetafileIsNotWrittenThroughALinkThatLeadsOut() throws {
        let (project, other) = (try TemporaryProject(), try TemporaryProject())
        try project.write("a\n", to: "a")
        try FileSystem.link(project.path("a.dvc"), to: other.path("a.dvc"))
        #expect(throws: ProjectError.self) { try project.add("a") }
        #expect(try other.read("a.dvc") == nil)
    }

    @Test func outputsOfAnotherRevisionGo() throws {
        let project = try project(tracking: "a", "d", files: ["a": "a\n", "d/x": "x\n"])
        try Files.remove(project.path("a.dvc"))
        try Files.remove(project.path("d.dvc"))
        let outcome = try checkout(project)
        #expect(outcome.changes.deleted == ["d/", "a"])
        #expect(!Files.exists(project.path("a")) && !Files.exists(project.path("d")))
        #expect(try checkout(project).changes.deleted.isEmpty)
    }

    @Test func changedOutputsOfAnotherRevisionStay() throws {
        let project = try project(tracking: "a", "d", files: ["a": "a\n", "d/x": "x\n"])
        try Files.remove(project.path("a.dvc"))
        try Files.remove(project.path("d.dvc"))
        try project.write("mine\n", to: "a")
        try project.write("mine\n", to: "d/y")
        #expect(try checkout(project, loss: .force).changes.deleted.isEmpty)
        #expect(try project.read("a") == "mine\n")
        #expect(try project.read("d/x") == "x\n")
    }

    @Test func leftoversThatTheCacheLacksStay() throws {
        let project = try project(tracking: "a", files: ["a": "a\n"])
        try Files.remove(project.path("a.dvc"))
        try Files.remove(project.path(".dvc/cache"))
        #expect(try checkout(project).kept == ["a"])
        #expect(try checkout(project, loss: .force).kept == ["a"])
        #expect(try project.read("a") == "a\n")
    }

    @Test func targetsLeaveLeftoversAlone() throws {
        let project = try project(tracking: "a", "b", files: ["a": "a\n", "b": "b\n"])
        try Files.remove(project.path("a.dvc"))
        _ = try checkout(project, ["b"])
        #expect(Files.exists(project.path("a")))
    }

    @Test func oneRefusalKeepsAllOutputsAsTheyWere() throws {
        let project = try project(tracking: "a", "z", files: ["a": "a\n", "z": "z\n"])
        try Files.remove(project.path("a"))
        try project.write("mine\n", to: "z")
        #expect(throws: StoreError.self) { try checkout(project) }
        #expect(!Files.exists(project.path("a")))
        #expect(try project.read("z") == "mine\n")
        #expect(try checkout(project, loss: .force).changes.modified == ["z"])
        #expect(try project.read("a") == "a\n")
    }

    @Test func aQuestionIsAskedOnceForAllOutputs() throws {
        let project = try project(tracking: "a", "b", files: ["a": "a", "b": "b"])
        for name in ["a", "b"] { try project.write("mine", to: name) }
        let asked = Questions()
        let outcome = try checkout(project, loss: .ask { paths in asked.append(paths) })
        #expect(asked.all == [[project.path("a"), project.path("b")]])
        #expect(outcome.changes.modified == ["a", "b"])
    }

    @Test(arguments: ["link/x", "link/new/x", "dangling/x", ".dvc/config", "../SIBLING"])
    func nothingIsWrittenOutsideOfTheProject(path: String) throws {
        let project = try project(tracking: "a", files: ["a": "a\n"])
        let elsewhere = try TemporaryProject()
        // A name beside the project that no other test has.
        let sibling = Paths.name(elsewhere.root) + "-sibling"
        let path = path.replacing("SIBLING", with: sibling)
        try FileSystem.link(project.path("link"), to: elsewhere.root)
        try FileSystem.link(project.path("dangling"), to: elsewhere.path("nowhere"))
        let record = try project.read("a.dvc")?.replacing("path: a", with: "path: \(path)") ?? ""
        try project.write(record, to: "b.dvc")
        #expect(throws: (any Error).self) { try checkout(project, ["b.dvc"], loss: .force) }
        #expect(!Files.exists(elsewhere.path("x")) && !Files.exists(elsewhere.path("new")))
        #expect(!Files.exists(elsewhere.path("nowhere")) && !Files.exists(project.path("../" + sibling)))
        #expect(try project.read(".dvc/config") == "")
    }

    @Test func anOutputWithNothingRecordedFailsAndItsFileStays() throws {
        let project = try TemporaryProject()
        try project.write("stages:\n  a:\n    cmd: make\n    outs:\n    - out\n", to: "dvc.yaml")
        try project.write("mine\n", to: "out")
        #expect(try checkout(project, loss: .force).failed == ["out"])
        #expect(try project.read("out") == "mine\n")
    }
}

/// Answers yes and remembers the questions.
private final class Questions: @unchecked Sendable {
    private(set) var all: [[String]] = []

    func append(_ paths: [String]) -> Bool {
        all.append(paths)
        return true
    }
}
