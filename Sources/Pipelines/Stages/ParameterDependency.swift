/// The parameters of one file that a stage depends on.
package struct ParameterDependency: Sendable, Hashable {
    /// The file that keys without a file belong to.
    package static let defaultFile = "params.yaml"

    /// Relative to the working directory of the stage.
    package var file: String
    /// The keys; nil for the whole file.
    package let keys: [String]?

    package init(file: String, keys: [String]?) {
        self.file = file
        self.keys = keys
    }
}
