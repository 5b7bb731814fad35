import Basics
package import Metafiles
import OrderedCollections
package import Pipelines
package import Values

/// A node of the project: a `.dvc` file with what it holds under version control, or a stage of a `dvc.yaml`.
package struct Stage: Sendable {
    package enum Source: Sendable {
        case dataFile(DataFile)
        /// The definition, and the stage's part of `dvc.lock` when it has one.
        case pipeline(StageDefinition, LockEntry?)
    }

    package let id: StageID
    /// Absolute.
    package let workingDirectory: String
    package var source: Source
    package var dependencies: [Dependency]
    package var outputs: [Output]

    /// Reads the stage from a `.dvc` file's content; `root` is the project's.
    package init(id: StageID, dataFile: DataFile, root: String) {
        self.id = id
        source = .dataFile(dataFile)
        let directory = Paths.absolute(dataFile.workingDirectory, from: Paths.parent(id.metafile))
        workingDirectory = directory
        dependencies = dataFile.dependencies.map { Dependency(entry: $0, directory: directory) }
        outputs = dataFile.outputs.map { Output(entry: $0, directory: directory, root: root) }
    }

    /// A stage of the `dvc.yaml` at `metafile`, with what the lock file says of it.
    package init(_ definition: StageDefinition, metafile: String, locked: LockEntry?, root: String) {
        id = StageID(metafile: metafile, name: definition.name)
        source = .pipeline(definition, locked)
        let directory = Paths.absolute(definition.workingDirectory ?? ".", from: Paths.parent(metafile))
        workingDirectory = directory
        let read = Self.byPath(locked?.dependencies)
        let written = Self.byPath(locked?.outputs)
        dependencies =
            definition.dependencies.map { Dependency(entry: read[$0] ?? Entry(path: $0), directory: directory) }
            + definition.parameters.map { parameters in
                let recorded = locked?.parameters[Value.Key(parameters.file)]?.map
                return Dependency(parameters, directory: directory, recorded: recorded)
            }
        outputs = definition.outputs.map { output in
            Output(output, recorded: written[output.path], directory: directory, root: root)
        }
    }

    private static func byPath(_ entries: [Entry]?) -> [String: Entry] {
        Dictionary((entries ?? []).map { ($0.path, $0) }) { $1 }
    }

    /// The `.dvc` file; nil for a stage of a pipeline.
    package var dataFile: DataFile? {
        if case .dataFile(let file) = source { file } else { nil }
    }

    /// The definition in `dvc.yaml`; nil for a `.dvc` file.
    package var definition: StageDefinition? {
        if case .pipeline(let definition, _) = source { definition } else { nil }
    }

    /// The stage's part of `dvc.lock`; nil when it never ran.
    package var lockEntry: LockEntry? {
        if case .pipeline(_, let entry) = source { entry } else { nil }
    }

    /// What the stage runs, a text or a list of texts; nil for data.
    package var command: Value? { definition?.commandValue ?? dataFile?.command }
    package var isFrozen: Bool { definition?.isFrozen ?? dataFile?.isFrozen ?? false }
    package var isAlwaysChanged: Bool { definition?.isAlwaysChanged ?? dataFile?.isAlwaysChanged ?? false }
    package var isImport: Bool { dataFile?.isImport ?? false }
    /// Whether it is a command that reads and writes nothing, and so runs each time.
    package var isCallback: Bool { command != nil && dependencies.isEmpty && outputs.isEmpty }

    /// The outputs that hold `path`; all of them without one.
    package func outputs(holding path: String?) -> [Output] {
        guard let path else { return outputs }
        return outputs.filter { Paths.isSameOrInside(path, $0.path) }
    }

    /// The lock file's part for the stage as it now stands; parameters in DVC's order: the default file, then by name.
    package var newLockEntry: LockEntry {
        let files = dependencies.filter { !$0.isParameters }.map(\.entry)
        var parameters: [(file: String, values: Value.Map)] = dependencies.compactMap { dependency in
            guard dependency.isParameters, let values = dependency.parameters else { return nil }
            let sorted = values.sorted {
                $0.key.text.unicodeScalars.lexicographicallyPrecedes($1.key.text.unicodeScalars)
            }
            return (dependency.entry.path, Value.Map(uniqueKeysWithValues: sorted))
        }
        parameters.sort { first, second in
            let isDefault = (
                first.file == ParameterDependency.defaultFile, second.file == ParameterDependency.defaultFile
            )
            if isDefault.0 != isDefault.1 { return isDefault.0 }
            return first.file.utf8.lexicographicallyPrecedes(second.file.utf8)
        }
        return LockEntry(
            command: command ?? .null,
            dependencies: files,
            parameters: parameters.reduce(into: [:]) { $0[Value.Key($1.file)] = .map($1.values) },
            outputs: outputs.map(\.entry)
        )
    }
}
