import Testing

/// Common mistakes at the command line: what is said, and what to do about it.
@Suite struct HintTests {
    private func project() throws -> CommandLineProject {
        let project = try CommandLineProject()
        try project.write("1\n", to: "data/part")
        try project.write(
            "stages:\n  train:\n    cmd: cp data/part model\n    deps: [data]\n    outs: [model]\n",
            to: "dvc.yaml"
        )
        try project.sh("apus add -q data")
        return project
    }

    @Test(
        arguments: [
            ("add nofile", 1, "ERROR: output 'nofile' does not exist", "paths start at the current folder"),
            ("add data/prat", 1, "ERROR: output 'data/prat' does not exist", "did you mean 'data/part'?"),
            ("repro trian", 255, "ERROR: Stage 'trian' not found inside 'dvc.yaml' file", "did you mean 'train'?"),
            ("repro data", 255, "ERROR: Stage 'data' not found inside 'dvc.yaml' file", "did you mean 'data.dvc'?"),
            ("repro model", 255, "ERROR: Stage 'model' not found inside 'dvc.yaml' file", "did you mean 'train'?"),
            (
                "repro other", 255, "ERROR: Stage 'other' not found inside 'dvc.yaml' file",
                "'apus stage list --all' names the stages"
            ),
            (
                "checkout mdoel", 255, "ERROR: 'mdoel' does not exist as an output or a stage name in 'dvc.yaml'",
                "did you mean 'model'?"
            ),
            (
                "status other", 1, "ERROR: 'other' does not exist as an output or a stage name in 'dvc.yaml'",
                "'apus stage list --all' names the stages, 'apus list . --recursive --dvc-only' the data"
            ),
            ("remove data", 1, "ERROR: 'data' is not a .dvc file", "did you mean 'data.dvc'?"),
            ("remove trian", 1, "ERROR: Stage 'trian' not found inside 'dvc.yaml' file", "did you mean 'train'?"),
            ("push", 1, "ERROR: no remote specified", "add one with 'apus remote add -d NAME URL'"),
            (
                "pull -r nope", 1, "ERROR: config file error: remote 'nope' doesn't exist",
                "'apus remote list' names the remotes; add one with 'apus remote add NAME URL'"
            ),
            ("config core", 254, "ERROR: 'core' is no name of a setting", nil),
            ("statsu", 254, "ERROR: there is no command 'apus statsu'", "did you mean 'status'?"),
            ("status --jsn", 254, "ERROR: Unknown option '--jsn'. Did you mean '--json'?", nil),
        ] as [(String, Int32, String, String?)]
    )
    func mistakesAreExplained(command: String, code: Int32, message: String, hint: String?) throws {
        let answer = try project().sh("apus \(command)")
        let lines = answer.errors.split(separator: "\n").map(String.init)
        #expect(answer.code == code)
        #expect(lines.first == message)
        if let hint { #expect(lines.dropFirst() == ["hint: " + hint]) }
        #expect(answer.output == "")
    }

    @Test func outsideOfAProjectTheWayInIsShown() throws {
        let answer = try CommandLineProject(isEmpty: true).sh("apus status")
        #expect(answer.code == 253)
        #expect(answer.errors.hasSuffix("hint: run 'apus init' in the top folder of your project\n"))
    }

    @Test func aStageThatFailsSaysWhatToDo() throws {
        let project = try project()
        try project.write("stages:\n  train:\n    cmd: no-such-program\n", to: "dvc.yaml")
        let answer = try project.sh("apus repro 2>&1 >/dev/null | grep -v 'not found$'")
        #expect(
            answer.output == """
                ERROR: failed to reproduce 'train': failed to run: no-such-program, exited with 127
                hint: the shell did not find the program: is it installed, and on PATH?

                """
        )
    }
}
