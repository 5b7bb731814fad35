package import Basics
package import Metafiles
package import Pipelines
package import Values

/// A node of the project: what is read, what is run, what is written, and what was recorded of it.
package struct Stage: Sendable {
    package let id: StageID
    /// Absolute.
    package let workingDirectory: String
    package var dependencies: [Dependency]
    package var outputs: [Output]
    /// The command lines to run one after another; empty for data.
    package let command: [String]
    /// The command as `dvc.lock` records it: a string or a list.
    package let commandValue: Value
    package let isFrozen: Bool
    package let isAlwaysChanged: Bool
    package let description: String?
    /// What `dvc.lock` records; nil for a `.dvc` file and before the first run.
    package var lock: LockEntry?
    /// The `.dvc` file; nil for a stage of a pipeline.
    package var dataFile: DataFile?
    /// The definition in `dvc.yaml`; nil for a `.dvc` file.
    package let definition: StageDefinition?

    package var isPipelineStage: Bool { definition != nil }
    /// Whether it only holds data, added by hand or imported, and runs nothing.
    package var isDataSource: Bool { command.isEmpty }
    package var isImport: Bool { dataFile?.isImport ?? false }
    package var isRepositoryImport: Bool { isImport && dependencies.contains { $0.kind == .repository } }
    /// An import whose data was never downloaded.
    package var isPartialImport: Bool { isImport && outputs.first?.recorded == nil }
    /// A command without dependencies runs every time.
    package var isCallback: Bool { !command.isEmpty && dependencies.isEmpty && !isFrozen }
    /// Whether the command in `dvc.yaml` is another than the recorded one.
    package var isCommandChanged: Bool {
        guard let lock, isPipelineStage else { return isPipelineStage && false }
        return lock.command != commandValue
    }

    /// The outputs at, below or above nothing else than `path`: all of them without a filter.
    package func outputs(in path: String?) -> [Output] {
        guard let path else { return outputs }
        return outputs.filter { Paths.isSameOrInside(path, $0.path) }
    }
}
