/// The image that another one is built on.
package struct BaseImage: Sendable {
    package let manifest: Manifest
    package let image: ImageManifest
    package let config: ImageConfig
    /// As the user named it.
    package let name: String

    package init(_ manifest: Manifest, _ image: ImageManifest, _ config: ImageConfig, name: String) throws(ImageError) {
        let layers = image.layers.count
        guard config.diffIDs.count == layers else {
            throw .malformed(
                "the image '\(name)'",
                "it has \(layers) layers and the digests of \(config.diffIDs.count)"
            )
        }
        guard MediaType.config == image.config.mediaType || MediaType.dockerConfig == image.config.mediaType else {
            throw .malformed("'\(name)'", "it is something else than an image")
        }
        self.manifest = manifest
        self.image = image
        self.config = config
        self.name = name
    }

    /// Reads a base whose manifest and configuration are in a layout.
    package init(
        _ manifest: Manifest,
        in layout: ImageLayout,
        for platform: Platform,
        name: String
    ) throws(ImageError) {
        let (inner, image) = try layout.image(manifest, for: platform)
        let bytes = try layout.blobs.read(image.config, limit: ImageConfig.sizeLimit)
        let config = try ImageConfig(bytes)
        guard platform.runs(config.platform) else {
            throw .noPlatform(platform.description, available: [config.platform.description])
        }
        try self.init(inner, image, config, name: name)
    }

    /// The layers under the media types of OCI, so that they are of one family with those on top.
    var layers: [Descriptor] {
        image.layers.map { layer in
            var layer = layer
            switch layer.mediaType {
            case MediaType.dockerLayer: layer.mediaType = MediaType.layer
            case "application/vnd.docker.image.rootfs.diff.tar":
                layer.mediaType = "application/vnd.oci.image.layer.v1.tar"
            case "application/vnd.docker.image.rootfs.diff.tar.zstd":
                layer.mediaType = MediaType.zstandardLayer
            default: break
            }
            return layer
        }
    }
}
