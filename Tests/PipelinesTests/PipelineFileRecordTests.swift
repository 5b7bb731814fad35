import Foundation
import OrderedCollections
import Pipelines
import Testing
import Values

@Suite struct PipelineFileRecordTests {
    @Test func pipelinesAreReadAsDVCReadsThem() throws {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/templates", withExtension: "json"))
        let records = try Value(json: Array(Data(contentsOf: url)))
        let files = try #require(records["files"]?.map)
        let cases = try #require(records["cases"]?.list)
        #expect(cases.count > 100)
        for record in cases {
            check(record, files: files)
        }
    }

    private func check(_ record: Value, files: Value.Map) {
        let options = TemplateOptions(
            booleans: record["parsing"]?["bool"]?.string.flatMap { .init(rawValue: $0) } ?? .storeTrue,
            lists: record["parsing"]?["list"]?.string.flatMap { .init(rawValue: $0) } ?? .together
        )
        let context = Comment(rawValue: record.json())
        do {
            let file = try PipelineFile(value: record["dvc"] ?? .null, path: "dvc.yaml", options: options) {
                (name) throws(VariableFileError) in
                guard let value = files[Value.Key(name)] else { throw .missing }
                return value
            }
            let expected = record["stages"]?.list
            #expect(expected != nil, context)
            check(file, expected ?? [], context)
        } catch {
            let faults = error.diagnostics.map { $0.text(file: "dvc.yaml") }
            if let text = record["error"]?.string {
                #expect(faults.map(comparable) == [comparable(text)], context)
            } else {
                #expect(record["invalid"] != nil, context)
            }
        }
    }

    private func check(_ file: PipelineFile, _ expected: [Value], _ context: Comment) {
        for stage in expected {
            let name = stage["name"]?.string ?? ""
            do {
                let definition = try file.stage(named: name)
                #expect(definition.map(encoded) == stage["stage"], context)
            } catch {
                #expect(comparable(error.text(file: "dvc.yaml")) == stage["error"]?.string.map(comparable), context)
            }
        }
    }

    /// Only the place counts where DVC shows the inner workings of its parser.
    private func comparable(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.count > 2 ? String(lines[0]) : text
    }

    private func encoded(_ stage: StageDefinition) -> Value {
        func text(_ value: String?) -> Value { value.map { .string($0) } ?? .null }
        func texts(_ values: [String]) -> Value { .list(values.map { .string($0) }) }
        return .map([
            "cmd": texts(stage.command),
            "wdir": text(stage.workingDirectory),
            "deps": texts(stage.dependencies),
            "params": .list(stage.parameters.map { .list([.string($0.file), texts($0.keys ?? [])]) }),
            "outs": .list(
                stage.outputs.map { output in
                    .map([
                        "section": .string(
                            output.kind == .data ? "outs" : output.kind == .metric ? "metrics" : "plots"
                        ),
                        "path": .string(output.path), "cache": .bool(output.usesCache),
                        "persist": .bool(output.isPersistent), "push": .bool(output.isPushed),
                        "remote": text(output.remote), "desc": text(output.description), "type": text(output.type),
                        "labels": texts(output.labels), "meta": output.meta ?? .null,
                        "plot": .map(output.plotProperties),
                    ])
                }
            ),
            "frozen": .bool(stage.isFrozen), "always_changed": .bool(stage.isAlwaysChanged),
            "desc": text(stage.description), "meta": stage.meta ?? .null,
        ])
    }
}
