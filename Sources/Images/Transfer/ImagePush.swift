/// What sending an image came to.
package struct TransferReport: Hashable, Sendable {
    package var sent = 0
    package var sentBytes = 0
    package var mounted = 0
    package var existed = 0

    package init() {}

    package mutating func count(_ outcome: UploadOutcome, _ size: Int) {
        switch outcome {
        case .existed: existed += 1
        case .mounted: mounted += 1
        case .sent:
            sent += 1
            sentBytes += size
        }
    }

    package static func + (left: TransferReport, right: TransferReport) -> TransferReport {
        var sum = left
        sum.sent += right.sent
        sum.sentBytes += right.sentBytes
        sum.mounted += right.mounted
        sum.existed += right.existed
        return sum
    }
}

/// Sends images from a layout to a repository: blobs first, the manifest last, so that no half of an image can be seen.
package struct ImagePush: Sendable {
    package let source: ImageLayout
    package let target: RemoteRepository
    /// Where blobs are that the layout does not have, such as the base's.
    package var origin: RemoteRepository?

    package init(from source: ImageLayout, to target: RemoteRepository, origin: RemoteRepository? = nil) {
        self.source = source
        self.target = target
        self.origin = origin
    }

    /// Sends an image, or all images of an index.
    package func push(_ manifest: Manifest, tag: String?) async throws(ImageError) -> TransferReport {
        var report = TransferReport()
        switch manifest.content {
        case .image(let image): report = try await push(image.blobs)
        case .index(let index):
            for descriptor in index.manifests {
                if try await target.resolve(descriptor.digest.description) != nil {
                    report.existed += 1
                    continue
                }
                report = report + (try await push(try await self.manifest(descriptor), tag: nil))
            }
        }
        try await target.put(manifest, tag: tag)
        return report
    }

    private func manifest(_ descriptor: Descriptor) async throws(ImageError) -> Manifest {
        if try source.blobs.contains(descriptor) { return try source.manifest(descriptor) }
        guard let manifest = try await origin?.manifest(descriptor.digest.description) else {
            throw .missing("manifest \(descriptor.digest) in '\(source.root)'")
        }
        return manifest
    }

    private func push(_ blobs: [Descriptor]) async throws(ImageError) -> TransferReport {
        var unique: [Descriptor] = []
        for blob in blobs where !unique.contains(where: { $0.digest == blob.digest }) { unique.append(blob) }
        let outcomes = try await concurrently(unique, jobs: target.connection.settings.jobs) {
            blob async throws(ImageError) in (try await push(blob), blob.size)
        }
        var report = TransferReport()
        for (outcome, size) in outcomes { report.count(outcome, size) }
        return report
    }

    private func push(_ blob: Descriptor) async throws(ImageError) -> UploadOutcome {
        let sources = origin.map { $0.connection.registry == target.connection.registry ? [$0.name] : [] } ?? []
        if try !source.blobs.contains(blob) {
            if try await target.contains(blob.digest) { return .existed }
            guard let origin else { throw .missing("blob \(blob.digest) in '\(source.root)'") }
            // What is mounted need not be fetched.
            if try await target.mountAny(blob.digest, from: sources) { return .mounted }
            try await origin.download(blob, to: source.blobs)
        }
        return try await target.upload(blob, from: source.blobs.path(blob.digest), sources: sources)
    }
}

extension RemoteRepository {
    func mountAny(_ digest: ContentDigest, from sources: [String]) async throws(ImageError) -> Bool {
        for source in sources where source != name {
            if try await mount(digest, from: source) { return true }
        }
        return false
    }
}
