import Basics
package import Images

/// An image that was brought from one place to another.
package struct TransferredImage: Sendable {
    package let manifest: Manifest
    package let report: TransferReport
}

/// Copies images between registries, layouts and archives.
package struct ImageTransfer {
    private let registries: RegistryAccess
    private let platform: Platform?

    package init(_ registries: RegistryAccess, platform: Platform? = nil) {
        self.registries = registries
        self.platform = platform
    }

    /// Copies an image; blobs that the target has do not travel.
    package func copy(from source: ImagePlace, to target: ImagePlace) throws -> TransferredImage {
        if case .registry(let reference) = source, case .layout(let path, let tag) = target {
            return try fetch(reference, into: try ImageLayout(creating: path), as: tag ?? Self.tag(source))
        }
        let folder = try Files.makeTemporaryFolder("apus-image-")
        defer { try? Files.remove(folder) }
        let (layout, manifest, origin) = try open(source, in: folder)
        let delivery = ImageDelivery(layout: layout, manifest: manifest, origin: origin)
        let tag = Self.tag(source)
        switch target {
        case .registry(let reference):
            var reference = reference
            reference.tag = reference.tag ?? tag
            return TransferredImage(manifest: manifest, report: try delivery.push(to: reference, registries))
        case .layout, .archive:
            let name =
                if case .registry(let reference) = source { reference.description } else { "localhost/image:\(tag)" }
            try delivery.save(to: target, name: name, tag: tag, registries)
            return TransferredImage(manifest: manifest, report: TransferReport())
        }
    }

    /// Fetches an image straight into a layout, so that what came before a failure is there the next time.
    private func fetch(_ reference: ImageReference, into layout: ImageLayout, as tag: String) throws -> TransferredImage
    {
        let (registries, platform) = (registries, platform)
        let manifest = try Awaited.value { () async throws in
            try await ImagePull(from: try registries.repository(reference), to: layout)
                .pull(reference, platform: platform)
        }
        try layout.set(manifest, tag: tag, name: reference.description)
        return TransferredImage(manifest: manifest, report: TransferReport())
    }

    private static func tag(_ place: ImagePlace) -> String {
        switch place {
        case .registry(let reference): reference.tag ?? "latest"
        case .layout(_, let selector): selector.flatMap { $0.hasPrefix("sha256:") ? nil : $0 } ?? "latest"
        case .archive: "latest"
        }
    }

    /// A layout that has the image's manifests, and where its other blobs come from.
    private func open(
        _ source: ImagePlace,
        in folder: String
    ) throws -> (ImageLayout, Manifest, ImageReference?) {
        switch source {
        case .registry(let reference):
            let layout = try ImageLayout(creating: Paths.join(folder, "layout"))
            let (registries, platform) = (registries, platform)
            let manifest = try Awaited.value { () async throws in
                let pull = ImagePull(from: try registries.repository(reference), to: layout)
                return try await pull.pull(reference, platform: platform, withLayers: false)
            }
            return (layout, manifest, reference)
        case .layout(let path, let selector):
            let layout = try ImageLayout(opening: path)
            return (layout, try chosen(try layout.manifest(selector), layout), nil)
        case .archive(let path):
            let layout = try ImageArchive.open(path, in: folder)
            return (layout, try chosen(try layout.manifest(nil), layout), nil)
        }
    }

    private func chosen(_ manifest: Manifest, _ layout: ImageLayout) throws -> Manifest {
        try platform.map { try layout.image(manifest, for: $0).0 } ?? manifest
    }

    /// The manifest at a place, and the configuration where it is one image.
    package func inspect(_ place: ImagePlace) throws -> (manifest: Manifest, config: ImageConfig?) {
        let folder = try Files.makeTemporaryFolder("apus-image-")
        defer { try? Files.remove(folder) }
        let (layout, manifest, _) = try open(place, in: folder)
        guard case .image(let image) = manifest.content, image.artifactType == nil else { return (manifest, nil) }
        return (manifest, try ImageConfig(try layout.blobs.read(image.config, limit: ImageConfig.sizeLimit)))
    }

    /// The tags of a repository, or those of a layout.
    package func list(_ place: ImagePlace) throws -> [String] {
        switch place {
        case .registry(let reference):
            let repository = try registries.repository(reference)
            return try Awaited.value { () async throws in try await repository.tags() }
        case .layout(let path, _): return try ImageLayout(opening: path).tags()
        case .archive(let path):
            let folder = try Files.makeTemporaryFolder("apus-image-")
            defer { try? Files.remove(folder) }
            return try ImageArchive.open(path, in: folder).tags()
        }
    }

    /// Removes the manifest that a reference leads to, with all of its tags; false where there is none.
    package func delete(_ reference: ImageReference) throws -> Bool {
        let repository = try registries.repository(reference)
        return try Awaited.value { () async throws in
            guard let digest = try await repository.resolve(reference.selector) else { return false }
            return try await repository.deleteManifest(digest)
        }
    }
}
