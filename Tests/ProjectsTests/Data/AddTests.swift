import Basics
import ObjectStore
import Projects
import Testing

@Suite struct AddTests {
    private func add(_ targets: [String], in project: TemporaryProject, _ options: Project.AddOptions = .init()) throws
    {
        let opened = try project.open()
        _ = try opened.locked { try opened.add(targets, options) }
    }

    @Test func changingAPartOfADirectoryForgetsItsSize() throws {
        let project = try TemporaryProject()
        try project.write("a\n", to: "d/a")
        try project.write("b\n", to: "d/b")
        try add(["d"], in: project)
        #expect(try project.read("d.dvc")?.contains("  size: 4\n") == true)
        try project.write("c\n", to: "d/c")
        try add(["d/c"], in: project)
        #expect(try project.read("d.dvc")?.contains("  size: 6\n") == true)
        try project.write("A2\n", to: "d/a")
        try add(["d/a"], in: project)
        #expect(try project.read("d.dvc")?.contains("size:") == false)
        #expect(try project.read("d.dvc")?.contains("  nfiles: 3\n") == true)
    }

    @Test func aPartOfADirectoryWithoutManifestIsRefused() throws {
        let project = try TemporaryProject()
        try project.write("a\n", to: "d/a")
        try add(["d"], in: project)
        let before = try project.read("d.dvc")
        try Files.remove(project.path(".dvc/cache"))
        try project.write("b\n", to: "d/b")
        #expect(throws: ProjectError.self) { try add(["d/b"], in: project) }
        #expect(try project.read("d.dvc") == before)
    }

    @Test func aDeletedPartLeavesTheDirectory() throws {
        let project = try TemporaryProject()
        try project.write("a\n", to: "d/a")
        try project.write("b\n", to: "d/b")
        try add(["d"], in: project)
        try Files.remove(project.path("d/a"))
        try add(["d/a"], in: project)
        #expect(try project.read("d.dvc")?.contains("  nfiles: 1\n") == true)
        #expect(throws: ProjectError.self) { try add(["d/a"], in: project) }
    }

    @Test func aFailureTakesIgnoreEntriesBack() throws {
        let project = try TemporaryProject()
        try project.write("a\n", to: "a")
        #expect(throws: ProjectError.self) { try add(["a", "nosuch"], in: project) }
        #expect(try project.read(".gitignore") == nil)
        #expect(try project.read("a.dvc") != nil)
    }

    @Test func aFailureKeepsEntriesThatWereThere() throws {
        let project = try TemporaryProject()
        try project.write("/a\n!/a\n/c\n", to: ".gitignore")
        for name in ["a", "b", "c"] { try project.write(name, to: name) }
        #expect(throws: ProjectError.self) { try add(["a", "b", "c", "nosuch"], in: project) }
        #expect(try project.read(".gitignore") == "/a\n!/a\n/c\n")
        try add(["b", "c"], in: project)
        #expect(try project.read(".gitignore") == "/a\n!/a\n/c\n/b\n")
    }

    @Test(arguments: ["x.dvc", "dvc.yaml", ".dvc/config", ".git", ".", "..", "skipped.log", "link/a"])
    func whatCannotBeAnOutputIsRefused(target: String) throws {
        let project = try TemporaryProject()
        try project.write("*.log\n", to: ".dvcignore")
        for name in ["x.dvc", "dvc.yaml", "skipped.log", "real/a"] { try project.write("stages: {}\n", to: name) }
        try Files.remove(project.path("x.dvc"))
        try project.write("outs: []\n", to: "x.dvc")
        try FileSystem.link(project.path("link"), to: "real")
        #expect(throws: ProjectError.self) { try add([target], in: project) }
        #expect(!Files.exists(project.path(".dvc/cache")))
    }

    @Test func overlapsAreFoundBeforeAnythingIsAdded() throws {
        let project = try TemporaryProject()
        try project.write("a\n", to: "d/sub/a")
        #expect(throws: ProjectError.self) { try add(["d", "d/sub"], in: project) }
        #expect(!Files.exists(project.path("d.dvc")))
        try add(["d/sub"], in: project)
        #expect(throws: ProjectError.self) { try add(["d"], in: project) }
    }

    @Test func aCopyFromElsewhereDoesNotReplaceUnlessForced() throws {
        let project = try TemporaryProject()
        let elsewhere = try TemporaryProject()
        try elsewhere.write("new\n", to: "x")
        try project.write("own\n", to: "x")
        var options = Project.AddOptions()
        options.destination = "x"
        #expect(throws: ProjectError.self) { try add([elsewhere.path("x")], in: project, options) }
        #expect(try project.read("x") == "own\n")
        options.overwrites = true
        try add([elsewhere.path("x")], in: project, options)
        #expect(try project.read("x") == "new\n")
        #expect(try elsewhere.read("x") == "new\n")
    }

    @Test func digitsOnlyAreAChecksumUnlessZerosAreLost() throws {
        let project = try TemporaryProject()
        try project.write("a\n", to: "a")
        let digits = "12345678901234567890123456789012"
        try project.write("outs:\n- md5: \(digits)\n  hash: md5\n  path: a\n", to: "a.dvc")
        #expect(try project.open().collect().stages[0].outputs[0].object?.description == digits)
        try project.write("outs:\n- md5: \(String(repeating: "0", count: 32))\n  hash: md5\n  path: a\n", to: "a.dvc")
        #expect(throws: ProjectError.self) { try project.open().collect() }
    }
}
