import Basics
import ObjectStore
import Projects
import Testing

@Suite struct RemoveTests {
    private func added(_ names: String...) throws -> TemporaryProject {
        let project = try TemporaryProject()
        for name in names { try project.write(name, to: name) }
        let opened = try project.open()
        _ = try opened.locked { try opened.add(names) }
        return project
    }

    private func remove(_ target: String, outputs: Bool = false, in project: TemporaryProject) throws {
        let opened = try project.open()
        try opened.locked { try opened.remove([target], outputs: outputs) }
    }

    @Test func theDataStaysUnlessAskedFor() throws {
        let project = try added("a", "b")
        try remove("a.dvc", in: project)
        #expect(try project.read("a") == "a")
        #expect(try project.read(".gitignore") == "/b\n")
        try remove("b.dvc", outputs: true, in: project)
        #expect(try project.read("b") == nil)
        #expect(try project.read(".gitignore") == nil)
    }

    @Test func anOutputIsNotAMetafile() throws {
        let project = try added("a")
        #expect(throws: ProjectError.self) { try remove("a", in: project) }
        #expect(try project.read("a.dvc") != nil)
    }

    @Test func nothingOutsideOfTheProjectIsDeleted() throws {
        let project = try TemporaryProject()
        let elsewhere = try TemporaryProject()
        try elsewhere.write("precious", to: "x")
        try project.write("outs:\n- path: \(elsewhere.path("x"))\n", to: "a.dvc")
        try FileSystem.link(project.path("link"), to: elsewhere.root)
        try project.write("outs:\n- path: link/x\n", to: "b.dvc")
        for name in ["a.dvc", "b.dvc"] {
            #expect(throws: ProjectError.self) { try remove(name, outputs: true, in: project) }
        }
        #expect(try elsewhere.read("x") == "precious")
    }

    @Test func theLastStageTakesThePipelineAndItsLockAlong() throws {
        let project = try TemporaryProject()
        let pipeline = "stages:\n  a:\n    cmd: make # why\n    outs:\n    - a\n  b:\n    cmd: make b\n"
        try project.write(pipeline, to: "dvc.yaml")
        let lock = "schema: '2.0'\nstages:\n  a:\n    cmd: make\n  b:\n    cmd: make b\n"
        try project.write(lock, to: "dvc.lock")
        try remove("b", in: project)
        #expect(try project.read("dvc.yaml") == "stages:\n  a:\n    cmd: make # why\n    outs:\n    - a\n")
        #expect(try project.read("dvc.lock") == "schema: '2.0'\nstages:\n  a:\n    cmd: make\n")
        try remove("a", in: project)
        #expect(try project.read("dvc.yaml") == nil)
        #expect(try project.read("dvc.lock") == nil)
    }

    @Test func stagesMadeByVariablesAreRefused() throws {
        let project = try TemporaryProject()
        let pipeline = "stages:\n  a:\n    foreach: [x, y]\n    do:\n      cmd: make ${item}\n"
        try project.write(pipeline, to: "dvc.yaml")
        #expect(throws: ProjectError.self) { try remove("a@x", in: project) }
        #expect(try project.read("dvc.yaml") == pipeline)
    }

    @Test func aMoveTakesMetafileAndIgnoreEntryAlong() throws {
        let project = try added("a")
        try Files.makeDirectories(project.path("sub"))
        let opened = try project.open()
        let changes = try opened.locked { try opened.move("a", to: "sub") }
        #expect(changes.files == ["a.dvc", "sub/a.dvc", "sub/.gitignore"])
        #expect(try project.read("sub/a") == "a")
        #expect(try project.read("a.dvc") == nil)
        #expect(try project.read("sub/.gitignore") == "/a\n")
        #expect(try project.read(".gitignore") == nil)
    }

    @Test func aMoveOverwritesNothing() throws {
        let project = try added("a")
        try project.write("mine", to: "b")
        let opened = try project.open()
        #expect(throws: ProjectError.self) { try opened.locked { try opened.move("a", to: "b") } }
        #expect(throws: ProjectError.self) { try opened.locked { try opened.move("a", to: "nowhere/b") } }
        #expect(throws: ProjectError.self) { try opened.locked { try opened.move("a", to: "../b") } }
        #expect(try project.read("b") == "mine")
        #expect(try project.read("a") == "a")
        #expect(try project.read("a.dvc") != nil)
        #expect(try project.read(".gitignore") == "/a\n")
    }

    @Test(arguments: [false, true])
    func aMoveThatWasCutOffIsFinished(hasMetafile: Bool) throws {
        let project = try added("a")
        try Files.makeDirectories(project.path("sub"))
        try Files.rename(project.path("a"), to: project.path("sub/b"))
        if hasMetafile {
            let text = try #require(try project.read("a.dvc"))
            try project.write(text.replacing("path: a", with: "path: b"), to: "sub/b.dvc")
        }
        let opened = try project.open()
        _ = try opened.locked { try opened.move("a", to: "sub/b") }
        #expect(try project.read("sub/b") == "a")
        #expect(try project.read("a.dvc") == nil && project.read("sub/b.dvc") != nil)
        #expect(try project.read("sub/.gitignore") == "/b\n")
    }

    @Test func aMoveOfAbsentDataTakesNothingElseForIt() throws {
        let project = try added("a")
        try Files.remove(project.path("a"))
        try project.write("mine", to: "b")
        let opened = try project.open()
        #expect(throws: ProjectError.self) { try opened.locked { try opened.move("a", to: "b") } }
        #expect(try project.read("a.dvc") != nil)
    }

    @Test func aMoveThatGitForbidsIsTakenBack() throws {
        let project = try added("a")
        try project.write("b\n", to: "b")
        try project.git("add", "b")
        try Files.remove(project.path("b"))
        let opened = try project.open()
        #expect(throws: ProjectError.self) { try opened.locked { try opened.move("a", to: "b") } }
        #expect(try project.read("a") == "a")
        #expect(try project.read(".gitignore") == "/a\n")
        #expect(try project.read("a.dvc") != nil && project.read("b.dvc") == nil)
    }
}
