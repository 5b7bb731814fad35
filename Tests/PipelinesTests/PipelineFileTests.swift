import OrderedCollections
import Pipelines
import Testing
import Values
import YAML

@Suite struct PipelineFileTests {
    @Test func faultsOfAFileHaveLines() throws {
        let text = "stages:\n  good:\n    cmd: echo\n  bad:\n    cmd: echo\n    deps:\n    - a\n    - ${nope}\n"
        let document = try YAMLDocument(parsing: Array(text.utf8))
        let file = try PipelineFile(parsing: document, path: "dvc.yaml") { (_) throws(VariableFileError) in
            throw .missing
        }
        #expect(file.stages.map(\.name) == ["good"])
        #expect(file.faults.map { document.line(of: $0.path) } == [8])
    }

    @Test func aFaultInOneStageDoesNotHideOthers() throws {
        let file = try read(
            #"{"stages": {"bad": {"cmd": "echo ${nope}"}, "good": {"cmd": "echo ${a}"}, "g": {"foreach": "${a}", "do": {"cmd": "x"}}}}"#,
            params: #"{"a": 1}"#
        )
        #expect(file.stages.map(\.name) == ["good"])
        #expect(
            file.faults.map { $0.text(file: "dvc.yaml") } == [
                "failed to parse 'stages.bad.cmd' in 'dvc.yaml': Could not find 'nope'",
                "failed to resolve 'stages.g.foreach' in 'dvc.yaml': expected list/dictionary, got int",
            ]
        )
        #expect(throws: PipelineDiagnostic.self) { try file.stage(named: "g@1") }
        #expect(try file.stage(named: "other") == nil)
    }

    @Test func faultsPointAtTheirPlace() throws {
        let file = try read(#"{"stages": {"s": {"foreach": [1], "do": {"cmd": "x", "deps": ["a", "${nope}"]}}}}"#)
        #expect(file.faults.map(\.path) == [[.key("stages"), .key("s"), .key("do"), .key("deps"), .index(1)]])
    }

    @Test func severalFaultsOfTheShapeAreFoundAtOnce() {
        let source = #"{"stages": {"a": {"cmd": "x", "otus": ["b"]}, "b": {"deps": [1]}}, "metrics": "m"}"#
        do {
            _ = try read(source)
            Issue.record("the file was accepted")
        } catch {
            let diagnostics = (error as? PipelineErrors)?.diagnostics ?? []
            #expect(
                diagnostics.map(\.message) == [
                    "unknown key 'otus'", "required key 'cmd' is missing", "expected a string, found an integer",
                    "expected a list, found a string",
                ]
            )
            #expect(diagnostics.first?.hint == "did you mean 'outs'?")
            #expect(diagnostics.first?.path == [.key("stages"), .key("a"), .key("otus")])
            #expect(diagnostics[2].path == [.key("stages"), .key("b"), .key("deps"), .index(0)])
        }
    }

    @Test func usedVariablesAreNotedByFile() throws {
        let file = try read(
            #"{"vars": ["other.json:x"], "stages": {"s": {"cmd": "a ${a.b} ${x} ${v}", "vars": [{"v": 1}], "wdir": "${l[1]}"}}}"#,
            params: #"{"a": {"b": 1}, "l": [1, "d"]}"#,
            other: #"{"x": 2}"#
        )
        #expect(file.usedVariables == ["params.yaml": ["a.b", "l.1"], "other.json": ["x"]])
        #expect(file.stages.first?.isParametrized == true)
    }

    @Test func stageVariablesAreRelativeToTheWorkingDirectory() throws {
        let file = try read(
            #"{"stages": {"s": {"cmd": "${x}", "wdir": "sub", "vars": ["../other.json"]}}}"#,
            other: #"{"x": "run"}"#
        )
        #expect(file.stages.map(\.command) == [["run"]])
    }

    @Test func messagesNameFilesAsSeenFromHere() {
        let error = #expect(throws: PipelineErrors.self) {
            try PipelineFile(value: .map(["vars": .list([.string("no.yaml")])]), path: "sub/dvc.yaml") {
                (_) throws(VariableFileError) in throw .missing
            }
        }
        #expect(
            error?.diagnostics.map { $0.text(file: "sub/dvc.yaml") } == [
                "failed to parse 'vars' in 'sub/dvc.yaml': 'sub/no.yaml' does not exist"
            ]
        )
    }

    @Test func expressionsPointAtTheirFault() throws {
        let file = try read(#"{"stages": {"s": {"cmd": "x ${a[}"}}}"#)
        #expect(
            file.faults.first?.text(file: "dvc.yaml")
                == "failed to parse 'stages.s.cmd' in 'dvc.yaml':\n${a[}\n    ^\nExpected a name, found end of text (at char 2)"
        )
    }

    @Test func sectionsAreResolved() throws {
        let file = try read(
            #"{"metrics": ["${a}.json", "${nope}"], "artifacts": {"m": {"path": "${a}"}}, "plots": [{"p": {"x": "${a}"}}]}"#,
            params: #"{"a": "v"}"#
        )
        #expect(file.metrics == [.string("v.json")])
        #expect(file.artifacts == ["m": .map(["path": .string("v")])])
        #expect(file.plots == [.map(["p": .map(["x": .string("v")])])])
        #expect(file.sectionFaults.map(\.path) == [[.key("metrics"), .index(1)]])
    }

    @Test func namesOfAGroupHideVariables() throws {
        let file = try read(
            #"{"stages": {"s": {"foreach": ["x"], "do": {"cmd": "${item}"}}}}"#,
            params: #"{"item": 1}"#
        )
        #expect(file.warnings == ["item is already specified, will be overwritten for stages generated from 's'"])
        #expect(file.stages.map(\.command) == [["x"]])
        #expect(file.stages.map(\.group) == ["s"])
    }

    @Test func anEmptyFileHasNoStages() throws {
        #expect(try read("null").entries.isEmpty)
    }

    @Test func hugeMatricesAreRefused() throws {
        let list = "[" + (0..<200).map(String.init).joined(separator: ",") + "]"
        let file = try read(
            #"{"stages": {"s": {"cmd": "x", "matrix": {"a": \#(list), "b": \#(list), "c": \#(list)}}}}"#
        )
        #expect(file.entries.count == 1 && file.faults.count == 1)
    }

    private func read(_ source: String, params: String? = nil, other: String? = nil) throws -> PipelineFile {
        try PipelineFile(value: Value(json: Array(source.utf8)), path: "dvc.yaml") { (name) throws(VariableFileError) in
            guard let text = ["params.yaml": params, "other.json": other][name] ?? nil,
                let value = try? Value(json: Array(text.utf8))
            else { throw .missing }
            return value
        }
    }
}
