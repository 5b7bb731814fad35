import Projects
import Testing
import Tracking

@Suite struct StageListTests {
    let files: TemporaryProject

    init() throws { files = try TemporaryProject() }

    @Test func textsSayWhatStagesDo() throws {
        try files.write(
            """
            stages:
              none: {cmd: x}
              reads: {cmd: x, deps: [a, b], params: [lr]}
              writes: {cmd: x, outs: [o], metrics: [m], plots: [p]}
              reports: {cmd: x, metrics: [n]}
              told:
                cmd: x
                desc: |

                  first line
                  second line
            """,
            to: "dvc.yaml"
        )
        #expect(
            try files.open().stageList(["dvc.yaml"]).text() == """
                none     No outputs or dependencies
                reads    Depends on a, b, params.yaml
                writes   Outputs o; Reports m, p
                reports  Reports n
                told     first line

                """
        )
    }

    @Test func longTextsAreCut() throws {
        let listing = StageListing(rows: [
            StageListing.Row(stage: "a", text: String(repeating: "é", count: 80)),
            StageListing.Row(stage: "b", text: String(repeating: "é", count: 81)),
        ])
        let lines = listing.text().split(separator: "\n")
        #expect(lines[0] == "a  " + String(repeating: "é", count: 80))
        #expect(lines[1] == "b  " + String(repeating: "é", count: 79) + "…")
        #expect(listing.text(namesOnly: true) == "a\nb\n")
    }

    @Test func brokenFilesAreLeftOutOfTheProjectButNotOfTargets() throws {
        try files.write("stages:\n  good: {cmd: x}\n  bad: {cmd: 'x ${nosuch}'}\n", to: "sub/dvc.yaml")
        try files.write("stages:\n  a: {cmd: x}\n", to: "dvc.yaml")
        var faults = 0
        let listing = try files.open().stageList(nil) { _ in faults += 1 }
        #expect(listing.rows.map(\.stage) == ["a"])
        #expect(faults == 1)
        #expect(throws: ProjectError.self) { try files.open().stageList(nil) }
        #expect(throws: ProjectError.self) { try files.open().stageList(["sub/dvc.yaml"]) { _ in } }
        #expect(try files.open().stageList(["sub/dvc.yaml:good"]).rows.map(\.stage) == ["sub/dvc.yaml:good"])
    }

    @Test func targetsAreGroupsNamesAndFiles() throws {
        try files.write("stages:\n  g:\n    foreach: [1, 2]\n    do: {cmd: x}\n  a: {cmd: x}\n", to: "dvc.yaml")
        try files.write("outs:\n- path: d\n", to: "d.dvc")
        let project = try files.open()
        #expect(try project.stageList(["g", "g@1", "d.dvc"]).rows.map(\.stage) == ["g@1", "g@2", "d.dvc"])
        #expect(throws: ProjectError.self) { try project.stageList(["nosuch"]) }
    }

    @Test func aDirectoryListsItsStagesAfterThoseTheyNeed() throws {
        try files.write("stages:\n  a: {cmd: x, deps: [o]}\n  b: {cmd: x, outs: [o]}\n", to: "sub/dvc.yaml")
        try files.write("stages:\n  c: {cmd: x}\n", to: "dvc.yaml")
        let listing = try files.open(in: "sub").stageList(["."], isRecursive: true)
        #expect(listing.rows.map(\.stage) == ["b", "a"])
    }
}
