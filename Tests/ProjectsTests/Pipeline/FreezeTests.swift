import Projects
import Testing

@Suite struct FreezeTests {
    let files: TemporaryProject

    init() throws { files = try TemporaryProject() }

    @Test func aStageIsFrozenAndThawedInPlace() throws {
        let text = "stages:\n  a:   # keep\n    cmd: x\n    deps:\n    - b\n    - c\n"
        try files.write(text, to: "dvc.yaml")
        let stage = try files.open().setFrozen(true, "a")
        #expect(stage.name == "a")
        #expect(try files.read("dvc.yaml") == text + "    frozen: true\n")
        _ = try files.open().setFrozen(false, "dvc.yaml:a")
        #expect(try files.read("dvc.yaml") == text)
    }

    @Test func dataIsFrozen() throws {
        let text = "outs:\n- md5: b026324c6904b2a9cb4b88d6d61c81d1\n  size: 2\n  hash: md5\n  path: in\n"
        try files.write(text, to: "in.dvc")
        _ = try files.open().setFrozen(true, "in.dvc")
        #expect(try files.read("in.dvc") == text + "frozen: true\n")
    }

    @Test(arguments: ["v", "g@1", "g", "e", "w"])
    func stagesMadeByVariablesAreNotWritten(target: String) throws {
        let text = """
            vars:
            - one: 1
            stages:
              v:
                cmd: echo ${one}
              g:
                foreach: [1, 2]
                do:
                  cmd: x
              e:
                cmd: echo \\${HOME}
              w:
                vars: [other: 2]
                cmd: x

            """
        try files.write(text, to: "dvc.yaml")
        #expect(throws: ProjectError.self) { try files.open().setFrozen(true, target) }
        #expect(try files.read("dvc.yaml") == text)
    }

    @Test func theComplaintNamesTheLine() throws {
        try files.write("vars: [{a: 1}]\nstages:\n  v:\n    cmd: echo ${a}\n", to: "dvc.yaml")
        let error = #expect(throws: ProjectError.self) { try files.open().setFrozen(true, "v") }
        #expect(error?.description.hasPrefix("dvc.yaml:3: error: ") == true)
        #expect(error?.hint != nil)
    }

    @Test func otherFilesOfTheProjectDoNotMatter() throws {
        try files.write("stages: [\n", to: "sub/dvc.yaml")
        try files.write("stages:\n  a: {cmd: x}\n", to: "dvc.yaml")
        _ = try files.open().setFrozen(true, "a")
        #expect(try files.read("dvc.yaml") == "stages:\n  a: {cmd: x, frozen: true}\n")
    }

    @Test func aFileWithoutAStageIsNoTarget() throws {
        try files.write("stages:\n  a: {cmd: x}\n", to: "dvc.yaml")
        #expect(throws: StageDefinitionError.stageMissing(file: "dvc.yaml")) {
            try files.open().setFrozen(true, "dvc.yaml")
        }
        #expect(throws: ProjectError.self) { try files.open().setFrozen(true, "nosuch") }
    }
}
