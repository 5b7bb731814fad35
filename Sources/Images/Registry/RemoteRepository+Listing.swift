import NIOHTTP1
import Transport
import Values

extension RemoteRepository {
    /// All tags, sorted as the registry does it, page by page.
    package func tags() async throws(ImageError) -> [String] {
        var tags: [String] = []
        var address: WebAddress? = try connection.address("\(name)/tags/list?n=1000")
        for _ in 0..<1000 {
            guard let current = address else { break }
            let response = try await connection.send(HTTPRequest(.GET, current), pull)
            if response.status == 404, tags.isEmpty { throw .missing("repository '\(connection.registry)/\(name)'") }
            guard response.status == 200 else { throw await refusal(response, "list of tags") }
            let value = try JSONDocument.parse(try await collect(response, 8 << 20), "the list of tags")
            tags += (value["tags"]?.list ?? []).compactMap(\.string).filter { ImageReference.isTag($0[...]) }
            address = try Self.next(response, current)
        }
        return tags
    }

    /// The next page, which has to be at the same server.
    private static func next(_ response: HTTPResponse, _ current: WebAddress) throws(ImageError) -> WebAddress? {
        for link in response.headers[canonicalForm: "link"] {
            guard link.contains("rel=\"next\"") || link.contains("rel=next"), let start = link.firstIndex(of: "<"),
                let end = link.firstIndex(of: ">"), start < end
            else { continue }
            let reference = String(link[link.index(after: start)..<end])
            guard let next = try? current.resolving(reference), next.origin == current.origin, next != current else {
                throw .malformed("the list of tags", "its next page is somewhere else")
            }
            return next
        }
        return nil
    }

    /// What refers to a manifest, such as its bill of materials.
    package func referrers(
        _ subject: ContentDigest,
        artifactType: String? = nil
    ) async throws(ImageError) -> [Descriptor] {
        let all = try await allReferrers(subject)
        return artifactType.map { wanted in all.filter { $0.artifactType == wanted } } ?? all
    }

    private func allReferrers(_ subject: ContentDigest) async throws(ImageError) -> [Descriptor] {
        var request = HTTPRequest(.GET, try connection.address("\(name)/referrers/\(subject)"))
        request.headers.add(name: "accept", value: MediaType.index)
        let response = try await connection.send(request, pull)
        guard response.status == 200 else {
            _ = try? await response.collect(upTo: 1 << 16)
            return try await fallbackIndex(subject)?.manifests ?? []
        }
        let manifest = try Manifest(try await collect(response, Manifest.sizeLimit), mediaType: MediaType.index)
        guard case .index(let index) = manifest.content else { return [] }
        return index.manifests
    }

    /// The list that clients keep where the registry does not: an index under a tag made of the digest.
    private func fallbackIndex(_ subject: ContentDigest) async throws(ImageError) -> ImageIndex? {
        guard let manifest = try await manifest(Self.fallbackTag(subject)), case .index(let index) = manifest.content
        else {
            return nil
        }
        return index
    }

    static func fallbackTag(_ subject: ContentDigest) -> String { "sha256-" + subject.hex }

    /// Stores a manifest that refers to another, and sees to it that it can be found from there.
    package func putReferrer(_ manifest: Manifest) async throws(ImageError) {
        guard case .image(let image) = manifest.content, let subject = image.subject else {
            throw .invalid("a manifest that refers to nothing")
        }
        if try await put(manifest) { return }
        var index = try await fallbackIndex(subject.digest) ?? ImageIndex([])
        if index.manifests.contains(where: { $0.digest == manifest.digest }) { return }
        var entry = manifest.descriptor
        entry.artifactType = image.artifactType ?? image.config.mediaType
        entry.annotations = image.annotations
        index.manifests.append(entry)
        try await put(try Manifest(index), tag: Self.fallbackTag(subject.digest))
    }
}
