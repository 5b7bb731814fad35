/// Describes one stage of a graph: who it is, what it reads and what it writes.
package struct StageNode: Sendable, Hashable {
    /// An output of a stage.
    package struct Output: Sendable, Hashable {
        /// The absolute path, without `.` and `..`.
        package let path: String
        /// The spelling for messages.
        package let label: String

        package init(path: String, label: String) {
            self.path = path
            self.label = label
        }
    }

    /// The address of the stage: `train`, `sub/dvc.yaml:train` or `data.dvc`.
    package let address: String
    /// The absolute path of the file that defines the stage.
    package let file: String
    package let outputs: [Output]
    /// Absolute paths; empty for imports from other repositories, which depend on nothing here.
    package let dependencies: [String]
    package let isFrozen: Bool

    package init(
        address: String,
        file: String,
        outputs: [Output],
        dependencies: [String],
        isFrozen: Bool = false
    ) {
        self.address = address
        self.file = file
        self.outputs = outputs
        self.dependencies = dependencies
        self.isFrozen = isFrozen
    }
}
