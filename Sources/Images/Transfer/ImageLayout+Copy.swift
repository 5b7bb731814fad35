extension ImageLayout {
    /// Takes an image over from another layout, checked on the way; of an index only the one for a platform, when one is
    /// given, which then is the answer.
    package func copy(
        _ manifest: Manifest,
        from other: ImageLayout,
        platform: Platform? = nil
    ) throws(ImageError) -> Manifest {
        switch manifest.content {
        case .image(let image): for blob in image.blobs { try blobs.copy(blob, from: other.blobs) }
        case .index(let index):
            if let platform {
                return try copy(try other.manifest(try index.manifest(for: platform)), from: other)
            }
            for descriptor in index.manifests { _ = try copy(try other.manifest(descriptor), from: other) }
        }
        try add(manifest)
        return manifest
    }

    /// The image for a platform of what may be an index.
    package func image(_ manifest: Manifest, for platform: Platform) throws(ImageError) -> (Manifest, ImageManifest) {
        switch manifest.content {
        case .image(let image): return (manifest, image)
        case .index(let index):
            let inner = try self.manifest(try index.manifest(for: platform))
            guard case .image(let image) = inner.content else {
                throw .malformed("the index", "it has an index in it")
            }
            return (inner, image)
        }
    }
}
