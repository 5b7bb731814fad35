/// Fetches images from a repository into a layout, all of it checked.
package struct ImagePull: Sendable {
    package let source: RemoteRepository
    package let target: ImageLayout

    package init(from source: RemoteRepository, to target: ImageLayout) {
        self.source = source
        self.target = target
    }

    /// Fetches an image; of an index only the one for a platform, when one is given, which then is the answer.
    package func pull(
        _ reference: ImageReference,
        platform: Platform? = nil,
        withLayers: Bool = true
    ) async throws(ImageError) -> Manifest {
        guard let manifest = try await source.manifest(reference.selector) else {
            throw .missing("image '\(reference)'")
        }
        return try await pull(manifest, platform, withLayers)
    }

    private func pull(
        _ manifest: Manifest,
        _ platform: Platform?,
        _ withLayers: Bool
    ) async throws(ImageError) -> Manifest {
        switch manifest.content {
        case .image(let image):
            let blobs = withLayers ? image.blobs : [image.config]
            let (source, target) = (source, target)
            _ = try await concurrently(blobs, jobs: source.connection.settings.jobs) {
                blob async throws(ImageError) in try await source.download(blob, to: target.blobs)
            }
        case .index(let index):
            if let platform {
                return try await pull(try await child(try index.manifest(for: platform)), nil, withLayers)
            }
            for descriptor in index.manifests { _ = try await pull(try await child(descriptor), nil, withLayers) }
        }
        try target.add(manifest)
        return manifest
    }

    private func child(_ descriptor: Descriptor) async throws(ImageError) -> Manifest {
        if try target.blobs.contains(descriptor) { return try target.manifest(descriptor) }
        guard let manifest = try await source.manifest(descriptor.digest.description) else {
            throw .missing("manifest \(descriptor.digest) in \(source.connection.registry)/\(source.name)")
        }
        return manifest
    }
}
