import Basics
import Git
import ObjectStore
import Testing

@testable import Projects

@Suite struct ProjectHouseTests {
    @Test func destroyingLeavesDataAsOwnFiles() throws {
        let project = try TemporaryProject()
        try project.write("[cache]\n    type = hardlink\n", to: ".dvc/config")
        try project.write("x", to: "d/a")
        try project.write("stages:\n  s:\n    cmd: cp d/a o\n    outs: [o]\n", to: "dvc.yaml")
        try project.write("schema: '2.0'\nstages: {}\n", to: "dvc.lock")
        let opened = try project.open()
        _ = try opened.locked { try opened.add(["d"]) }
        #expect(try Files.status(project.path("d/a"))?.linkCount == 2)
        try opened.destroy()
        for name in [".dvc", ".dvcignore", "d.dvc", "dvc.yaml", "dvc.lock"] {
            #expect(!Files.exists(project.path(name)), "\(name)")
        }
        #expect(try project.read("d/a") == "x")
        #expect(try Files.status(project.path("d/a"))?.linkCount == 1)
    }

    @Test func linkTypesAreProbedWithoutATrace() throws {
        let project = try TemporaryProject()
        try Files.makeDirectories(project.path(".dvc/cache"))
        let types = try #require(try project.open().diagnose().linkTypes)
        #expect(types.contains(.symlink))
        #expect(try Files.names(in: project.path(".dvc/cache")).isEmpty)
        #expect(try Files.names(in: project.root).allSatisfy { !$0.hasSuffix(".tmp") })
    }

    @Test func theNearestAndLastMountIsTheFileSystemOfAPath() {
        let table = """
            22 1 8:1 / / rw - ext4 /dev/root rw
            23 22 0:5 / /nonexistent\\040dir rw shared:1 - tmpfs none rw
            24 22 0:6 / /nonexistent\\040dir rw - overlay upper rw
            broken line
            """
        let mounts = Mounts(parsing: table)
        #expect(mounts.fileSystem(of: "/nonexistent dir/x") == "overlay on upper")
        #expect(mounts.fileSystem(of: "/nonexistent") == "ext4 on /dev/root")
        #expect(Mounts(parsing: "").fileSystem(of: "/") == "unknown")
    }

    @Test func pathsOutsideOfTheProjectAreNeverIgnored() throws {
        let project = try TemporaryProject()
        try project.write("*.log\n!keep.log\n", to: ".dvcignore")
        let opened = try project.open()
        #expect(opened.checkIgnore("a.log").isIgnored)
        #expect(!opened.checkIgnore("keep.log").isIgnored && !opened.checkIgnore("keep.log").rules.isEmpty)
        #expect(opened.checkIgnore("../a.log").rules.isEmpty)
    }

    @Test(arguments: [HookProgram.apus, .dvc])
    func hooksOfThePreCommitToolAreAddedOnce(_ program: HookProgram) throws {
        let project = try TemporaryProject()
        try project.write("# ours\nrepos: []\n", to: ".pre-commit-config.yaml")
        let opened = try project.open()
        #expect(try opened.install(program, shell: "/bin/sh", usesPreCommitTool: true))
        let first = try #require(try project.read(".pre-commit-config.yaml"))
        #expect(first.hasPrefix("# ours\n") && first.contains("id: \(program.rawValue)-pre-push"))
        _ = try opened.install(program, shell: "/bin/sh", usesPreCommitTool: true)
        #expect(try project.read(".pre-commit-config.yaml") == first)
    }

    @Test func aFolderThatGitIgnoresIsNoPlaceForAProject() throws {
        let project = try TemporaryProject()
        try Files.remove(project.path(".dvc"))
        try project.write(".dvc\n", to: ".gitignore")
        #expect(throws: ProjectError.self) {
            try Project.initialize(in: project.root, withoutGit: false, isSubdirectory: false, force: false)
        }
        #expect(!Files.exists(project.path(".dvc")))
    }
}
