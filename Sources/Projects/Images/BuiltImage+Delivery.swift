import Basics
package import Images

extension BuiltImage {
    /// Sends the image and its bills of materials to a registry.
    package func push(to reference: ImageReference, _ registries: RegistryAccess) throws -> TransferReport {
        try ImageDelivery(layout: layout, manifest: manifest, origin: base).push(to: reference, registries)
    }

    /// Puts the image into a layout of its own, or an archive.
    package func save(to place: ImagePlace, _ registries: RegistryAccess) throws {
        let delivery = ImageDelivery(layout: layout, manifest: manifest, origin: base)
        try delivery.save(to: place, name: reference?.description ?? "localhost/image:\(tag)", tag: tag, registries)
    }
}

/// Brings an image of a layout to other places.
package struct ImageDelivery: Sendable {
    package let layout: ImageLayout
    package let manifest: Manifest
    /// Where blobs are that the layout does not have.
    package let origin: ImageReference?

    package init(layout: ImageLayout, manifest: Manifest, origin: ImageReference? = nil) {
        self.layout = layout
        self.manifest = manifest
        self.origin = origin ?? Self.base(manifest)
    }

    /// The base that a manifest says it has.
    private static func base(_ manifest: Manifest) -> ImageReference? {
        guard case .image(let image) = manifest.content else { return nil }
        return image.annotations["org.opencontainers.image.base.name"].flatMap { try? ImageReference($0) }
    }

    /// Sends the image, then what refers to it.
    package func push(to reference: ImageReference, _ registries: RegistryAccess) throws -> TransferReport {
        let (layout, manifest) = (layout, manifest)
        let target = try registries.repository(reference)
        let source = try origin.map { try registries.repository($0) }
        let push = ImagePush(from: layout, to: target, origin: source)
        return try Awaited.value { () async throws in
            var report = try await push.push(manifest, tag: reference.digest == nil ? reference.tag ?? "latest" : nil)
            for referrer in try layout.referrers(of: manifest) {
                guard case .image(let image) = referrer.content else { continue }
                for blob in image.blobs {
                    let outcome = try await target.upload(blob, from: layout.blobs.path(blob.digest))
                    report.count(outcome, blob.size)
                }
                try await target.putReferrer(referrer)
            }
            return report
        }
    }

    /// Puts the image into another layout or an archive.
    package func save(to place: ImagePlace, name: String, tag: String, _ registries: RegistryAccess) throws {
        try fetchMissing(registries)
        switch place {
        case .registry(let reference): _ = try push(to: reference, registries)
        case .layout(let path, let own):
            let other = try ImageLayout(creating: path)
            let referrers = try layout.referrers(of: manifest)
            for referrer in referrers { _ = try other.copy(referrer, from: layout) }
            try other.set(try other.copy(manifest, from: layout), tag: own ?? tag, name: name)
            try other.list(referrers: referrers)
        case .archive(let path): try ImageArchive.write(manifest, of: layout, name: name, to: path)
        }
    }

    /// Fetches the base's blobs that the layout lacks.
    private func fetchMissing(_ registries: RegistryAccess) throws {
        let layout = layout
        let missing = try blobs(manifest).filter { try !layout.blobs.contains($0) }
        guard !missing.isEmpty, let origin else { return }
        let source = try registries.repository(origin)
        try Awaited.value { () async throws in
            for blob in missing { try await source.download(blob, to: layout.blobs) }
        }
    }

    private func blobs(_ manifest: Manifest) throws -> [Descriptor] {
        switch manifest.content {
        case .image(let image): image.blobs
        case .index(let index): try index.manifests.flatMap { try blobs(try layout.manifest($0)) }
        }
    }
}
