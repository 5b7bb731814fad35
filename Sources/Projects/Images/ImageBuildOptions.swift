package import Images

/// What an image is built of, besides what `apus.yaml` says.
package struct ImageBuildOptions: Sendable {
    /// A platform with the programs for it.
    package struct Target: Sendable {
        package var platform: Platform
        /// The `apus` that serves.
        package var program: String
        /// ONNX Runtime's library.
        package var runtime: String?

        package init(platform: Platform, program: String, runtime: String?) {
            self.platform = platform
            self.program = program
            self.runtime = runtime
        }
    }

    /// The path of the `apus.yaml`.
    package var file: String
    /// These in place of the file's.
    package var services: [String] = []
    package var base: String?
    package var repository: String?
    package var tag: String?
    package var targets: [Target] = []
    /// How layers are made small; what the file says when nil.
    package var compression: LayerCompression?
    /// What runs pip.
    package var interpreter: String?
    /// SOURCE_DATE_EPOCH.
    package var epoch: Int?
    /// The version of this program.
    package var version = ""
    /// Where layers are kept outside of projects.
    package var cache: String

    package init(file: String, cache: String) {
        self.file = file
        self.cache = cache
    }
}

/// An image that is built, in the layout where images are kept.
package struct BuiltImage: Sendable {
    package struct Part: Sendable {
        package let name: String
        package let platform: Platform
        package let layer: Layer
        /// Whether it was made now, and not found.
        package let isNew: Bool
    }

    /// The repository and tag that it is for, when a repository is known.
    package let reference: ImageReference?
    package let tag: String
    package let manifest: Manifest
    package let parts: [Part]
    /// What its bills of materials are, each about one platform's image.
    package let bills: [Manifest]
    package let layout: ImageLayout
    /// Where the base is, of which the layout has perhaps no layers.
    package let base: ImageReference?
}
