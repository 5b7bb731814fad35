import Basics
import Foundation
import Pipelines
import Projects
import Testing

@Suite struct StageAddTests {
    let files: TemporaryProject

    init() throws { files = try TemporaryProject() }

    private func stage(_ name: String, _ command: String = "x", outputs: [String] = []) -> StageDefinition {
        var stage = StageDefinition(name: name, command: command)
        stage.outputs = outputs.map { OutputDefinition(path: $0, kind: .data) }
        return stage
    }

    @Test func aStageHasKeysAndPathsInOrder() throws {
        var new = stage("train", "python train.py", outputs: ["z", "a"])
        new.dependencies = ["data", "code.py"]
        new.parameters = ParameterDependency.list(from: ["q.yaml:b,a", "lr", "depth", "whole.toml:"])
        var metric = OutputDefinition(path: "m.json", kind: .metric)
        metric.usesCache = false
        new.outputs.append(metric)
        new.description = "trains"
        new.isAlwaysChanged = true
        let added = try files.open().addStage(new)
        #expect(added.files == ["dvc.yaml", ".gitignore"])
        #expect(try files.read(".gitignore") == "/z\n/a\n")
        #expect(
            try files.read("dvc.yaml") == """
                stages:
                  train:
                    desc: trains
                    cmd: python train.py
                    deps:
                    - code.py
                    - data
                    params:
                    - depth
                    - lr
                    - q.yaml:
                      - a
                      - b
                    - whole.toml:
                    outs:
                    - a
                    - z
                    metrics:
                    - m.json:
                        cache: false
                    always_changed: true

                """
        )
    }

    @Test func otherStagesStayAsTheyAreWritten() throws {
        let text = "# top\nstages:\n    old:   # here\n        cmd: [a,  b]\n        outs: [o]\n# end\n"
        try files.write(text, to: "dvc.yaml")
        _ = try files.open().addStage(stage("new"))
        let changed = try #require(try files.read("dvc.yaml"))
        for line in ["# top", "    old:   # here", "        cmd: [a,  b]", "        outs: [o]", "# end"] {
            #expect(changed.split(separator: "\n").contains(Substring(line)))
        }
        #expect(changed.contains("new:\n"))
    }

    @Test func aStageIsReplacedOnlyOnDemandAndKeepsItsDescription() throws {
        var old = stage("a", outputs: ["out"])
        old.description = "first"
        old.isFrozen = true
        _ = try files.open().addStage(old)
        #expect(throws: StageDefinitionError.exists(name: "a", file: "dvc.yaml")) {
            try files.open().addStage(stage("a", "y"))
        }
        var new = stage("a", "y", outputs: ["other"])
        new.description = "second"
        _ = try files.open().addStage(new, replacing: true)
        #expect(try files.read("dvc.yaml") == "stages:\n  a:\n    desc: first\n    cmd: y\n    outs:\n    - other\n")
    }

    @Test func annotationsOfAnOutputOutliveItsStage() throws {
        try files.write(
            "stages:\n  a:\n    cmd: x\n    outs:\n    - model:\n        desc: best\n        push: false\n        persist: true\n",
            to: "dvc.yaml"
        )
        _ = try files.open().addStage(stage("a", "y", outputs: ["model"]), replacing: true)
        #expect(
            try files.read("dvc.yaml")
                == "stages:\n  a:\n    cmd: y\n    outs:\n    - model:\n        desc: best\n        push: false\n"
        )
    }

    @Test(arguments: ["a/b", "a$b", "a@b", "a.b", "a:b"])
    func namesHaveNoPunctuation(name: String) throws {
        #expect(throws: StageDefinitionError.invalidName(name)) { try files.open().addStage(stage(name)) }
        #expect(try files.read("dvc.yaml") == nil)
    }

    @Test func whatCannotBeAStageIsRefusedAndNothingIsWritten() throws {
        try files.write("*.log\n", to: ".dvcignore")
        let project = try files.open()
        var circular = stage("a", outputs: ["o"])
        circular.dependencies = ["./o"]
        #expect(throws: StageDefinitionError.circular("o")) { try project.addStage(circular) }
        #expect(throws: StageDefinitionError.repeated("o")) {
            try project.addStage(stage("a", outputs: ["o", "b/../o"]))
        }
        #expect(throws: StageDefinitionError.metafile("d.dvc")) { try project.addStage(stage("a", outputs: ["d.dvc"])) }
        #expect(throws: StageDefinitionError.ignoredOutput("x.log")) {
            try project.addStage(stage("a", outputs: ["x.log"]))
        }
        #expect(throws: StageDefinitionError.outsideOutputs(["../o"])) {
            try project.addStage(stage("a", outputs: ["../o"]))
        }
        #expect(throws: StageDefinitionError.commandMissing) { try project.addStage(stage("a", "")) }
        var elsewhere = stage("a")
        elsewhere.workingDirectory = "nowhere"
        #expect(throws: StageDefinitionError.workingDirectoryMissing("nowhere")) { try project.addStage(elsewhere) }
        #expect(try files.read("dvc.yaml") == nil)
        #expect(try files.read(".gitignore") == nil)
    }

    @Test func outputsOfOtherStagesAreTaken() throws {
        let project = try files.open()
        _ = try project.addStage(stage("a", outputs: ["d"]))
        #expect(throws: StageGraphError.duplicateOutput(output: "d", stages: ["a"])) {
            try project.addStage(stage("b", outputs: ["d"]))
        }
        #expect(throws: StageGraphError.self) { try project.addStage(stage("c", outputs: ["d/inner"])) }
    }

    @Test func absolutePathsOfTheProjectBecomeRelativeToTheFolder() throws {
        try Files.makeDirectories(files.path("w"))
        var new = stage("a", outputs: [files.path("w/out")])
        new.dependencies = [files.path("in"), "/etc/hosts"]
        new.workingDirectory = "./w/"
        _ = try files.open().addStage(new)
        #expect(
            try files.read("dvc.yaml")
                == "stages:\n  a:\n    cmd: x\n    wdir: w\n    deps:\n    - ../in\n    - /etc/hosts\n    outs:\n    - out\n"
        )
    }

    @Test func aFileOfGitIsNoOutputAndNothingStaysIgnored() throws {
        try files.write("1", to: "tracked")
        try files.git("add", "tracked")
        #expect(throws: ProjectError.self) {
            try files.open().addStage(stage("a", outputs: ["fresh", "tracked"]))
        }
        #expect(try files.read(".gitignore") == nil)
    }

    @Test func aMissingFolderIsToldAndIgnoredLater() throws {
        let added = try files.open().addStage(stage("a", outputs: ["here", "not/there/out", "later"]))
        #expect(added.missingIgnoreFile == "not/there/.gitignore")
        #expect(try files.read(".gitignore") == "/here\n")
        #expect(!Files.exists(files.path("not")))
    }

    @Test func wordsOfACommandAreQuotedAsDVCDoes() {
        #expect(StageDefinition.command(from: ["echo \"a b\" > x"]) == "echo \"a b\" > x")
        #expect(
            StageDefinition.command(from: ["echo", "a b", "", "it's", "say \"a b\""])
                == "echo \"a b\" \"\" it's say \"a b\""
        )
        #expect(StageDefinition.command(from: []) == "")
    }
}

extension StageAddTests {
    @Test func nothingIsWrittenOutOfTheProject() throws {
        let other = try TemporaryProject()
        try other.write("# mine\n", to: "file")
        try FileManager.default.createSymbolicLink(
            atPath: files.path("dvc.yaml"),
            withDestinationPath: other.path("file")
        )
        #expect(throws: ProjectError.self) { try files.open().addStage(StageDefinition(name: "a", command: "x")) }
        try Files.remove(files.path("dvc.yaml"))
        try FileManager.default.createSymbolicLink(
            atPath: files.path(".gitignore"),
            withDestinationPath: other.path("file")
        )
        var stage = StageDefinition(name: "a", command: "x")
        stage.outputs = [OutputDefinition(path: "out", kind: .data)]
        #expect(throws: (any Error).self) { try files.open().addStage(stage) }
        #expect(try other.read("file") == "# mine\n")
    }

    @Test func parametersDoNotMatterBeforeThereIsAFile() throws {
        try files.write("day: 2020-01-01\nbroken: [\n", to: "params.yaml")
        _ = try files.open().addStage(StageDefinition(name: "a", command: "x"))
        #expect(try files.read("dvc.yaml") == "stages:\n  a:\n    cmd: x\n")
    }

    @Test func aGroupGivesWayToAStage() throws {
        try files.write("stages:\n  g:\n    foreach: [1]\n    do: {cmd: x}\n", to: "dvc.yaml")
        let added = try files.open().addStage(StageDefinition(name: "g", command: "y"))
        #expect(added.replacesGroup)
        #expect(try files.read("dvc.yaml") == "stages:\n  g:\n    cmd: y\n")
    }
}
