import Testing

/// What users read about mistakes in their files: the place, as editors understand it, what is wrong, and a hint.
@Suite struct DiagnosticTests {
    /// A file with a mistake, and all that the command says about it.
    struct Mistake: CustomTestStringConvertible, Sendable {
        var file = "dvc.yaml"
        let text: String
        var command = "status"
        var code: Int32 = 1
        let errors: String

        var testDescription: String { "\(file): \(text)" }
    }

    private static let correct = "hint: correct the file, then run the command again\n"

    @Test(arguments: [
        Mistake(
            text: "stages:\n  a:\n    cmd: [x\n",
            errors: "dvc.yaml:4: error: a flow collection lacks its end\n" + correct
        ),
        Mistake(
            text: "stages:\n  a:\n   cmd: x\n    deps: [b]\n",
            errors: "dvc.yaml:4: error: unexpected text after the end of a value\n" + correct
        ),
        Mistake(text: "stages:\n\ta: x\n", errors: "dvc.yaml:2: error: a tab cannot indent\n" + correct),
        Mistake(
            text: "stages: 5\n",
            errors: "dvc.yaml:1: error: expected a mapping, found an integer\n" + correct
        ),
        Mistake(
            text: "stages:\n  a:\n    cmdd: x\n    outs: 5\n",
            errors: """
                dvc.yaml:2: error: required key 'cmd' is missing
                dvc.yaml:3: error: unknown key 'cmdd'
                dvc.yaml:4: error: expected a list, found an integer
                hint: did you mean 'cmd'?

                """
        ),
        Mistake(
            text: "stages:\n  a:\n    cmd: x ${nope}\n",
            errors: """
                dvc.yaml:3: error: failed to parse 'stages.a.cmd' in 'dvc.yaml': Could not find 'nope'
                hint: define it in params.yaml or under 'vars'

                """
        ),
        Mistake(
            file: "sub/dvc.yaml",
            text: "stages:\n  a: {}\n",
            command: "repro -R sub",
            code: 255,
            errors: "sub/dvc.yaml:2: error: required key 'cmd' is missing\n" + correct
        ),
    ])
    func pipelines(_ mistake: Mistake) throws { try check(mistake) }

    @Test(arguments: [
        Mistake(
            file: "params.yaml",
            text: "lr: [1\n",
            errors: "params.yaml:2: error: a flow collection lacks its end\n" + correct
        ),
        Mistake(
            file: "params.yaml",
            text: "lr: 1\nlr: 2\n",
            command: "repro",
            code: 255,
            errors: "params.yaml:2: error: the key 'lr' stands here twice\n" + correct
        ),
        Mistake(
            file: "other.json",
            text: "{\"lr\":\n 1,}\n",
            command: "repro",
            code: 255,
            errors: "ERROR: failed to reproduce 'a': other.json:2: error: "
                + "Expecting property name enclosed in double quotes\n" + correct
        ),
        Mistake(
            file: "params.yaml",
            text: "other: 1\n",
            command: "repro",
            code: 255,
            errors: """
                ERROR: failed to reproduce 'a': Parameters 'lr' are missing from 'params.yaml'.
                hint: add them to the file, or take them out of the 'params' of the stage

                """
        ),
    ])
    func parameters(_ mistake: Mistake) throws {
        let params = mistake.file == "params.yaml" ? "[lr]" : "[{\(mistake.file): [lr]}]"
        try check(mistake, with: ["dvc.yaml": "stages:\n  a:\n    cmd: echo\n    params: \(params)\n"])
    }

    @Test(arguments: [
        Mistake(
            file: "data.dvc",
            text: "outs:\n- md5: [\n",
            errors: "data.dvc:3: error: a flow collection lacks its end\n" + correct
        ),
        Mistake(
            file: "data.dvc",
            text: "outs:\n- hash: md5\n",
            errors: "data.dvc:2: error: required key 'path' is missing\n" + correct
        ),
        Mistake(
            file: "dvc.lock",
            text: "schema: '2.0'\nstages: 1\n",
            errors: "dvc.lock:2: error: expected a mapping, found the number 1\n" + correct
        ),
    ])
    func metafiles(_ mistake: Mistake) throws {
        try check(mistake, with: mistake.file == "dvc.lock" ? ["dvc.yaml": "stages:\n  a:\n    cmd: echo\n"] : [:])
    }

    @Test(arguments: [
        Mistake(
            file: ".dvc/config",
            text: "[core\nremote = x\n",
            code: 251,
            errors: """
                $ROOT/.dvc/config:1: error: Invalid line ('[core') (matched as neither section nor keyword) at line 1.
                hint: correct the file, then run the command again

                """
        ),
        Mistake(
            file: ".dvc/config",
            text: "[core]\n    autostage = maybe\n",
            code: 251,
            errors: """
                $ROOT/.dvc/config:2: error: expected true or false for dictionary value @ data['core']['autostage']
                hint: 'apus config --list --show-origin' shows where each setting comes from

                """
        ),
        Mistake(
            file: ".dvc/config",
            text: "[core]\n    remotee = x\n",
            code: 251,
            errors: """
                $ROOT/.dvc/config:2: error: extra keys not allowed @ data['core']['remotee']
                hint: did you mean 'remote'?

                """
        ),
        Mistake(
            file: ".dvc/config",
            text: "['remote \"store\"']\n    url = /store\n[core]\n    remote = sotre\n",
            command: "push",
            code: 1,
            errors: "ERROR: config file error: remote 'sotre' doesn't exist\nhint: did you mean 'store'?\n"
        ),
    ])
    func settings(_ mistake: Mistake) throws {
        try check(mistake, with: ["a.dvc": "outs:\n- md5: 0cc175b9c0f1b6a831c399e269772661\n  hash: md5\n  path: a\n"])
    }

    private func check(_ mistake: Mistake, with files: [String: String] = [:]) throws {
        let project = try CommandLineProject()
        for (name, text) in files { try project.write(text, to: name) }
        try project.write(mistake.text, to: mistake.file)
        let answer = try project.sh("apus \(mistake.command)")
        #expect(answer.errors.replacing(project.root, with: "$ROOT") == mistake.errors)
        #expect(answer.code == mistake.code)
    }
}
