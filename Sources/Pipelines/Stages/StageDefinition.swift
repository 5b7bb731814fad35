package import Values
package import YAML

/// A stage of a pipeline as `dvc.yaml` defines it, variables put in.
package struct StageDefinition: Sendable, Hashable {
    /// The name, with the key of its group: `train@large`.
    package let name: String
    /// The commands to run one after another.
    package let command: [String]
    /// Whether the file has a list of commands, even of one.
    package let commandIsList: Bool
    /// Relative to the folder of `dvc.yaml`.
    package var workingDirectory: String?
    package var dependencies: [String]
    package var parameters: [ParameterDependency]
    /// Data, then metrics, then plots.
    package var outputs: [OutputDefinition]
    package var isFrozen: Bool
    package var isAlwaysChanged: Bool
    package var description: String?
    package var meta: Value?
    /// The name of the `foreach` or `matrix` stage that this one was made from.
    package let group: String?
    /// Where the definition stands in the file.
    package let diagnosticPath: [YAMLStep]
    /// Whether variables changed anything, so that the definition cannot be written back.
    package let isParametrized: Bool

    /// The command as `dvc.lock` records it.
    package var commandValue: Value {
        commandIsList ? .list(command.map { .string($0) }) : .string(command.first ?? "")
    }
}
