/// The log of predictions as `apus.yaml` describes it.
package struct PredictionLogDefinition: Sendable, Hashable {
    /// Absolute, and within the folder of the file.
    package let path: String
    /// Of so many predictions one is written.
    package var sampling: Int?
    /// Bytes of one file.
    package var maxSize: Int?
    package var maxFiles: Int?
    /// Bytes of an input or output beyond which only its checksum is written.
    package var largestValue: Int?
}
