package import Inference

/// What clients are told of one version of a model.
package struct ModelInfo: Sendable, Hashable {
    package let name: String
    package let version: String
    /// All versions that can be asked for, this one among them.
    package let versions: [String]
    package let signature: ModelSignature
    package let isReady: Bool
    /// How many rows are run together at most; 0 for a model that takes no batches.
    package let maximumBatch: Int

    package init(
        name: String,
        version: String = "1",
        versions: [String] = [],
        signature: ModelSignature,
        isReady: Bool = true,
        maximumBatch: Int = 0
    ) {
        self.name = name
        self.version = version
        self.versions = versions.isEmpty ? [version] : versions
        self.signature = signature
        self.isReady = isReady
        self.maximumBatch = maximumBatch
    }
}
