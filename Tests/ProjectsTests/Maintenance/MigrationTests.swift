import Basics
import ObjectStore
import Projects
import Testing
import Tracking

@Suite struct MigrationTests {
    /// A directory of one file with Windows' line ends, recorded and cached as DVC 2 did.
    private func legacyProject() throws -> TemporaryProject {
        let project = try TemporaryProject()
        try project.write("x\r\n", to: "d/x")
        let legacy = try project.open().legacyStore
        let file = try #require(ObjectID("401b30e3b8b5d629635a5c613cdb7919"))
        try legacy.insert(fileAt: project.path("d/x"), as: file)
        let tree = try legacy.insert(Array("[{\"md5\": \"\(file)\", \"relpath\": \"x\"}]".utf8), isTree: true)
        try project.write("outs:\n- md5: \(tree)\n  size: 3\n  nfiles: 1\n  path: d\n", to: "d.dvc")
        return project
    }

    @Test func objectsAndMetafilesGetTheirNewNames() throws {
        let project = try legacyProject()
        #expect(try project.open().status([])?.stages.isEmpty == true)
        let report = try project.open().migrate(metafiles: true, isDryRun: false)
        #expect(report.text.hasPrefix("Migrated 2 files"))
        #expect(report.changes.files.contains("d.dvc"))
        #expect(try project.read("d.dvc")?.hasSuffix("  path: d\n  hash: md5\n") == true)
        #expect(try project.open().status([])?.stages.isEmpty == true)
        #expect(try project.open().migrate(metafiles: false, isDryRun: false).text.hasPrefix("Migrated 0 files"))
    }

    @Test func dataThatIsNotThereIsRenamedInItsMetafile() throws {
        let project = try legacyProject()
        try Files.remove(project.path("d"))
        _ = try project.open().migrate(metafiles: true, isDryRun: false)
        _ = try project.open().checkout([], loss: .refuse)
        #expect(try project.read("d/x") == "x\r\n")
        #expect(try project.read("d.dvc")?.contains("hash: md5") == true)
    }

    @Test func aDryRunChangesNothing() throws {
        let project = try legacyProject()
        let before = try project.read("d.dvc")
        let report = try project.open().migrate(metafiles: true, isDryRun: true)
        #expect(report.text.contains("\td.dvc\n"))
        #expect(try project.read("d.dvc") == before)
        #expect(try project.cachedObjects().isEmpty)
    }
}
