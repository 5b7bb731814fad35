import Basics
import OrderedCollections
import Projects
import Testing
import Tracking
import Values

@Suite struct ParameterDiffTests {
    @Test func withoutCommitsThereIsNothingToCompare() throws {
        let project = try TemporaryProject()
        try project.write("a: 1\n", to: "params.yaml")
        #expect(try project.open().parameterDiff().json == .map([:]))
    }

    @Test func theWorkspaceIsComparedWithTheLastCommit() throws {
        let project = try TemporaryProject()
        try project.commit(["params.yaml": "a: 1\nb: [1, 2]\n"])
        try project.write("a: 2\nb: [1, 2]\nc: new\n", to: "params.yaml")
        let expected = """
            {"params.yaml": {"a": {"old": 1, "new": 2, "diff": 1}, "c": {"old": null, "new": "new"}}}
            """
        #expect(try project.open().parameterDiff().json.json() == expected)
    }

    @Test func parametersOfStagesListedFilesAndVariablesCount() throws {
        let project = try TemporaryProject()
        let pipeline = """
            vars: [vars.yaml]
            params: [listed.toml]
            stages:
              s: {cmd: "x ${used}", params: [{stage.json: [k.x]}]}
            """
        let files = [
            "dvc.yaml": pipeline, "vars.yaml": "used: 1\nunused: 1\n", "listed.toml": "t = 1\n",
            "stage.json": #"{"k": {"x": 1}, "other": 1}"#,
        ]
        try project.commit(files)
        for (name, text) in files where name != "dvc.yaml" {
            try project.write(text.replacing("1", with: "2"), to: name)
        }
        let changed = try project.open().parameterDiff().files.changes.mapValues { Array($0.keys) }
        #expect(changed == ["listed.toml": ["t"], "stage.json": ["k.x"], "vars.yaml": ["used"]])
        let ofStages = try project.open().parameterDiff(dependenciesOnly: true).files.changes
        #expect(Array(ofStages.keys) == ["stage.json", "vars.yaml"])
    }

    @Test func aTargetIsSoughtWhereTheCallerIsAndThenAtTheTop() throws {
        let project = try TemporaryProject()
        try project.commit(["sub/p.yaml": "a: 1\n", "p.yaml": "a: 1\n", "top.yaml": "a: 1\n"])
        for name in ["sub/p.yaml", "p.yaml", "top.yaml"] { try project.write("a: 2\n", to: name) }
        let inFolder = try project.open(in: "sub")
        #expect(try inFolder.parameterDiff(targets: ["p.yaml"]).files.changes.keys == ["p.yaml"])
        #expect(try inFolder.parameterDiff(targets: ["top.yaml"]).files.changes.keys == ["../top.yaml"])
    }

    @Test func aFileThatCannotBeReadCountsAsEmptyAndIsTold() throws {
        let project = try TemporaryProject()
        try project.commit(["params.yaml": "a: 1\n"])
        try project.write("a: [\n", to: "params.yaml")
        let diff = try project.open().parameterDiff()
        #expect(diff.json.json() == #"{"params.yaml": {"a": {"old": 1, "new": null}}}"#)
        #expect(diff.failedRevisions == ["workspace"])
        #expect(diff.failures.first?.detail?.hasPrefix("params.yaml:") == true)
    }

    @Test func aBrokenPipelineMakesTheWholeRevisionUnreadable() throws {
        let project = try TemporaryProject()
        try project.commit(["params.yaml": "a: 1\n"])
        try project.write("stages: {s: {cmd: \"${gone}\"}}\n", to: "dvc.yaml")
        #expect(try project.open().parameterDiff().failedRevisions == ["workspace"])
    }

    @Test func oneCommitUnderTwoNamesIsComparedWithNothing() throws {
        let project = try TemporaryProject()
        try project.commit(["params.yaml": "a: 1\n"])
        try project.git("tag", "v1")
        #expect(try project.open().parameterDiff("v1", "HEAD", all: true).json == .map([:]))
    }

    @Test func anUnknownRevisionIsAnError() throws {
        let project = try TemporaryProject()
        try project.commit(["params.yaml": "a: 1\n"])
        #expect(throws: (any Error).self) { try project.open().parameterDiff("nosuch") }
        #expect(throws: (any Error).self) { try project.open().parameterDiff("workspace", "workspace") }
    }

    @Test func theIgnoreFileOfARevisionHoldsForIt() throws {
        let project = try TemporaryProject()
        try project.commit([
            ".dvcignore": "hidden\n", "hidden/dvc.yaml": "params: [p.yaml]\n", "hidden/p.yaml": "a: 1\n",
        ])
        try project.write("", to: ".dvcignore")
        let diff = try project.open().parameterDiff()
        #expect(diff.json.json() == #"{"hidden/p.yaml": {"a": {"old": null, "new": 1}}}"#)
    }

    @Test func aRepositoryWithoutAProjectCanBeAsked() throws {
        let project = try TemporaryProject()
        try project.commit(["params.yaml": "a: 1\n"])
        try Files.remove(project.path(".dvc"))
        try project.write("a: 2\n", to: "params.yaml")
        let opened = try project.open(orFolder: true)
        #expect(try opened.parameterDiff().json.json() == #"{"params.yaml": {"a": {"old": 1, "new": 2, "diff": 1}}}"#)
        #expect(throws: ProjectError.self) { try project.open() }
    }
}
