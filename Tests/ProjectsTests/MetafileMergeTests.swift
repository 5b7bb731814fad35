import Basics
import Projects
import Testing

@testable import Git

@Suite struct MetafileMergeTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
    }

    /// Adds a directory of these files and gives its metafile.
    private func version(_ files: [String: String]) throws -> String {
        try Files.remove(project.path("d"))
        for (name, text) in files { try project.write(text, to: "d/\(name)") }
        let opened = try project.open()
        _ = try opened.locked { try opened.add(["d"]) }
        return try #require(try project.read("d.dvc"))
    }

    private func merge(_ ancestor: String, _ ours: String, _ theirs: String) throws -> [String] {
        for (name, text) in [("base", ancestor), ("ours", ours), ("theirs", theirs)] {
            try project.write(text, to: name)
        }
        let opened = try project.open()
        return try MetafileMerge(
            ancestor: project.path("base"),
            ours: project.path("ours"),
            theirs: project.path("theirs"),
            in: try #require(opened.git),
            project: opened
        ).run()
    }

    @Test(arguments: [
        (["a": "1"], ["a": "1", "b": "2"], ["a": "1", "c": "3"], ["a": "1", "b": "2", "c": "3"]),
        (["a": "1", "b": "2"], ["b": "2"], ["a": "1", "b": "3"], ["b": "3"]),
        (["a": "1", "s/x": "2"], ["s/x": "2", "t": "4"], ["s/x": "2"], ["s/x": "2", "t": "4"]),
    ])
    func directoriesAreMergedFileByFile(
        _ base: [String: String],
        _ ours: [String: String],
        _ theirs: [String: String],
        _ merged: [String: String]
    ) throws {
        let versions = try [base, ours, theirs].map(version)
        #expect(try merge(versions[0], versions[1], versions[2]).isEmpty)
        #expect(try project.read("ours") == version(merged))
    }

    @Test func anEmptyAncestorIsAnEmptyDirectory() throws {
        let ours = try version(["a": "1"])
        let theirs = try version(["b": "2"])
        #expect(try merge("", ours, theirs).isEmpty)
        #expect(try project.read("ours") == version(["a": "1", "b": "2"]))
    }

    @Test func aFileChangedOnBothSidesLeavesMarkers() throws {
        let base = try version(["a": "1"])
        let reasons = try merge(base, version(["a": "2"]), version(["a": "3"]))
        #expect(reasons == ["both sides changed 'd/a'"])
        let text = try #require(try project.read("ours"))
        #expect(text.contains("<<<<<<< ours\n") && text.contains(">>>>>>> theirs\n"))
    }

    @Test func anOptionOfOneSideJoinsTheDataOfTheOther() throws {
        let base = try version(["a": "1"])
        let theirs = try version(["a": "2"])
        #expect(try merge(base, base + "  desc: mine\n", theirs).isEmpty)
        #expect(try project.read("ours") == theirs + "  desc: mine\n")
    }

    @Test func withoutAnAncestorOptionsMustAgree() throws {
        let base = try version(["a": "1"])
        #expect(try !merge("", base, version(["b": "2"]) + "  cache: false\n").isEmpty)
    }

    @Test func nothingOutsideTheWorkTreeIsWritten() throws {
        let opened = try project.open()
        #expect(throws: ProjectError.self) {
            _ = try MetafileMerge(
                ancestor: "/dev/null",
                ours: "/dev/null",
                theirs: "/dev/null",
                in: try #require(opened.git),
                project: opened
            )
        }
    }

    private func lock(_ stages: (name: String, command: String)...) -> String {
        "schema: '2.0'\nstages:\n" + stages.map { "  \($0.name):\n    cmd: \($0.command)\n" }.joined()
    }

    @Test func lockFilesAreMergedStageByStage() throws {
        let base = lock(("a", "x"), ("b", "x"), ("c", "x"))
        let ours = lock(("a", "y"), ("b", "x"), ("c", "x"), ("d", "x"))
        let theirs = lock(("a", "x"), ("b", "z"), ("e", "x"))
        #expect(try merge(base, ours, theirs).isEmpty)
        #expect(try project.read("ours") == lock(("a", "y"), ("b", "z"), ("d", "x"), ("e", "x")))
    }

    @Test func onlyTheStageInConflictGetsMarkers() throws {
        let reasons = try merge(
            lock(("a", "x"), ("b", "x")),
            lock(("a", "y"), ("b", "x")),
            lock(("a", "z"), ("b", "w"))
        )
        #expect(reasons == ["both sides changed stage 'a'"])
        let expected = """
            schema: '2.0'
            stages:
            <<<<<<< ours
              a:
                cmd: y
            =======
              a:
                cmd: z
            >>>>>>> theirs
              b:
                cmd: w

            """
        #expect(try project.read("ours") == expected)
    }

    @Test func aStageRemovedHereAndChangedThereIsAConflict() throws {
        let reasons = try merge(lock(("a", "x"), ("b", "x")), lock(("b", "x")), lock(("a", "z"), ("b", "x")))
        #expect(reasons == ["both sides changed stage 'a'"])
        #expect(try project.read("ours")?.contains("<<<<<<< ours\n=======\n  a:\n") == true)
    }
}
