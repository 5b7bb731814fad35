package import OrderedCollections
package import Values
package import YAML

/// A `dvc.yaml`, its groups expanded and its variables put in.
package struct PipelineFile: Sendable {
    /// A stage, or what keeps it from being read.
    package struct Entry: Sendable {
        /// The name of the stage, or of a group whose stages are unknown.
        package let name: String
        package let definition: Result<StageDefinition, PipelineDiagnostic>
        /// The keys of parameter files that its expressions name, by file relative to the folder of `dvc.yaml`.
        package let usedVariables: OrderedDictionary<String, OrderedSet<String>>
    }

    /// The file as named by the caller.
    package let path: String
    /// The stages in the order of the file.
    package let entries: [Entry]
    /// The files listed under `params`.
    package let parameterFiles: [Value]
    /// The files listed under `metrics`.
    package let metrics: [Value]
    /// The plots listed under `plots`: files, or mappings of names to properties.
    package let plots: [Value]
    package let datasets: [Value]
    package let artifacts: Value.Map
    /// The faults of the sections outside of `stages`.
    package let sectionFaults: [PipelineDiagnostic]
    /// Names that groups give to their stages and that hide variables of the same name.
    package let warnings: [String]

    private let positions: [String: Int]

    /// Reads a pipeline.
    ///
    /// The `path` serves messages; `loader` reads a file of variables, named relative to the folder of `dvc.yaml`.
    /// What is thrown are all faults in the shape of the file, or what is wrong with its `vars`; faults in single
    /// stages are kept in their entries.
    package init(
        parsing document: YAMLDocument,
        path: String,
        options: TemplateOptions = TemplateOptions(),
        loader: @escaping (String) throws(VariableFileError) -> Value
    ) throws(PipelineErrors) {
        try self.init(value: document.value, path: path, options: options, loader: loader)
    }

    /// Reads a pipeline from the value of its file.
    package init(
        value: Value,
        path: String,
        options: TemplateOptions = TemplateOptions(),
        loader: @escaping (String) throws(VariableFileError) -> Value
    ) throws(PipelineErrors) {
        let root = value == .null ? Value.map([:]) : value
        let faults = SchemaShape.pipelineFile.faults(in: root, at: [])
        guard faults.isEmpty, let map = root.map else { throw PipelineErrors(path: path, diagnostics: faults) }
        var resolver: PipelineResolver
        do {
            resolver = try PipelineResolver(map, path: path, options: options, loader: loader)
        } catch {
            throw PipelineErrors(path: path, diagnostics: [error])
        }
        self.path = path
        entries = resolver.entries()
        parameterFiles = resolver.section("params")
        metrics = resolver.section("metrics")
        plots = resolver.section("plots")
        datasets = resolver.section("datasets")
        artifacts = resolver.artifacts()
        sectionFaults = resolver.faults
        warnings = resolver.warnings
        positions = Dictionary(entries.enumerated().map { ($1.name, $0) }) { first, _ in first }
    }

    /// The stages that can be read.
    package var stages: [StageDefinition] {
        entries.compactMap { try? $0.definition.get() }
    }

    /// All faults, those of stages first.
    package var faults: [PipelineDiagnostic] {
        let ofStages = entries.compactMap { entry in
            if case .failure(let fault) = entry.definition { fault } else { nil }
        }
        return ofStages + sectionFaults
    }

    /// The stage of that name, or nil if there is none; throws its fault.
    package func stage(named name: String) throws(PipelineDiagnostic) -> StageDefinition? {
        guard let position = positions[name] else {
            guard let at = name.lastIndex(of: "@"), let group = positions[String(name[..<at])] else { return nil }
            // Only a group that could not be expanded has an entry of its own.
            if case .failure(let fault) = entries[group].definition { throw fault }
            return nil
        }
        return try entries[position].definition.get()
    }

    /// The keys of parameter files that expressions name, by file relative to the folder of `dvc.yaml`.
    package var usedVariables: OrderedDictionary<String, OrderedSet<String>> {
        entries.reduce(into: [:]) { all, entry in
            all.merge(entry.usedVariables) { $0.union($1) }
        }
    }
}
