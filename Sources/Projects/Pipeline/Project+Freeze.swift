import Basics
import Metafiles
import Pipelines
import Values
import YAML

extension Project {
    /// Sets whether a stage or the data of a `.dvc` file is frozen, and returns which it is.
    ///
    /// The stage is written anew, so that its dependencies come in DVC's order.
    package func setFrozen(_ isFrozen: Bool, _ target: String) throws -> StageID {
        let parsed = try StageTarget(target)
        let path = absolute(parsed.file ?? "dvc.yaml")
        let index = try collect(file: path) { _ in }
        if Paths.name(path) == "dvc.yaml", parsed.name == nil, index.pipeline(at: path) != nil {
            throw StageDefinitionError.stageMissing(file: shown(path))
        }
        let position = try load(parsed, in: index, TargetOptions(), acceptsGroups: false).first
        guard let position else { throw ProjectError.unknownTarget(target, file: "dvc.yaml") }
        let stage = index.stages[position]
        switch stage.source {
        case .dataFile(var file):
            file["locked"] = nil
            file["frozen"] = isFrozen ? .bool(true) : nil
            try writeMetafile(file.bytes, to: path)
        case .pipeline(let definition, _):
            guard let pipeline = index.pipeline(at: path) else { break }
            if !definition.isWritable { throw Self.parametrized(definition, in: pipeline, name: shown(path)) }
            var definition = try normalized(definition, metafile: path)
            definition.isFrozen = isFrozen
            try writeMetafile(pipeline.document.text(with: definition), to: path)
        }
        return stage.id
    }

    /// The complaint about a stage that variables or a group made.
    private static func parametrized(
        _ definition: StageDefinition,
        in pipeline: PipelineDocument,
        name: String
    ) -> ProjectError {
        let fault = Diagnostic(
            file: name,
            line: pipeline.document.line(of: definition.diagnosticPath),
            message: "cannot dump a parametrized stage: '\(definition.name)'",
            hint: "variables or a group make this stage; edit its 'frozen' by hand"
        )
        return .invalidMetafile(DiagnosticList([fault]))
    }
}
