import Basics
import OrderedCollections
import Projects
import Testing
import Tracking
import Values

@Suite struct MetricsTests {
    @Test func metricsOfACommitComeFromTheCache() throws {
        let project = try TemporaryProject()
        try project.write(#"{"v": 1}"#, to: "m/a.json")
        try project.write("metrics: [m]\n", to: "dvc.yaml")
        try project.add("m")
        try project.commit([:])
        try project.write(#"{"v": 3}"#, to: "m/a.json")
        let diff = try project.open().metricsDiff()
        #expect(diff.json.json() == #"{"m/a.json": {"v": {"old": 1, "new": 3, "diff": 2}}}"#)

        try Files.remove(project.path("m"))
        #expect(try project.open().metrics().json.json() == #"{"": {"data": {"m/a.json": {"data": {"v": 1}}}}}"#)
    }

    @Test func whatTheCacheLacksComesFromTheRemote() throws {
        let project = try TemporaryProject()
        try project.write("[core]\n    remote = r\n['remote \"r\"']\n    url = ../../store\n", to: ".dvc/config")
        try project.write("['remote \"r\"']\n    url = \(project.path("store"))\n", to: ".dvc/config.local")
        try project.write(#"{"v": 1}"#, to: "m.json")
        try project.write("metrics: [m.json]\n", to: "dvc.yaml")
        try project.add("m.json")
        _ = try project.open().push(DataSelection())
        try Files.remove(project.path(".dvc/cache"))
        try Files.remove(project.path("m.json"))
        #expect(try project.open().metrics().json.json() == #"{"": {"data": {"m.json": {"data": {"v": 1}}}}}"#)
    }

    @Test func whatIsNowhereIsAFailureOfTheFile() throws {
        let project = try TemporaryProject()
        try project.write("{}", to: "m.json")
        try project.write("metrics: [m.json, other.json]\n", to: "dvc.yaml")
        try project.add("m.json")
        try Files.remove(project.path(".dvc/cache"))
        try Files.remove(project.path("m.json"))
        let failures = try project.open().metrics().failures
        #expect(
            failures.map(\.message) == [
                "[Errno 2] No storage files available: 'm.json'",
                "[Errno 2] No such file or directory: 'other.json'",
            ]
        )
    }

    @Test func branchesAtOneCommitAreOneRevision() throws {
        let project = try TemporaryProject()
        try project.commit(["m.json": #"{"v": 1}"#, "dvc.yaml": "metrics: [m.json]\n"])
        try project.git("branch", "-M", "main")
        try project.git("branch", "other")
        try project.git("checkout", "-q", "-b", "third")
        try project.commit(["m.json": #"{"v": 2}"#])
        let metrics = try project.open().metrics(in: RevisionScope(allBranches: true))
        #expect(metrics.revisions.keys == ["main,other", "third"])
    }

    @Test func directoriesAreSearched() throws {
        let project = try TemporaryProject()
        try project.write(#"{"v": 1}"#, to: "sub/deep/m.json")
        try project.write("v: 2\n", to: "sub/n.yaml")
        try project.write("outs: []\n", to: "sub/x.dvc")
        try project.write("*.tmp\n", to: "sub/.dvcignore")
        try project.write("v: 3\n", to: "sub/z.tmp")
        let metrics = try project.open(in: "sub").metrics(["."])
        #expect(metrics.revisions[""]?.contents.keys == ["deep/m.json", "n.yaml"])
    }
}
