import NIOCore
import NIOHTTP1
import Transport

/// A repository of a registry.
package struct RemoteRepository: Sendable {
    package let connection: RegistryConnection
    /// Without the registry.
    package let name: String

    package init(_ connection: RegistryConnection, _ name: String) {
        self.connection = connection
        self.name = name
    }

    var pull: [Scope] { [Scope(repository: name, canPush: false)] }
    var push: [Scope] { [Scope(repository: name, canPush: true)] }

    /// The manifest of a tag or digest; nil where there is none.
    package func manifest(_ selector: String) async throws(ImageError) -> Manifest? {
        var request = HTTPRequest(.GET, try connection.address("\(name)/manifests/\(selector)"))
        request.headers.add(name: "accept", value: MediaType.accepted.joined(separator: ", "))
        let response = try await connection.send(request, pull)
        if response.status == 404 {
            // Is it the repository that is not there, or may not be seen?
            _ = try? await response.collect(upTo: 1 << 16)
            return nil
        }
        guard response.status == 200 else { throw await refusal(response, "pull") }
        let bytes = try await collect(response, Manifest.sizeLimit)
        let manifest = try Manifest(bytes, mediaType: response.headers.first(name: "content-type"))
        // What the registry says of it is only looked at for trouble; what counts are the bytes.
        let told = response.headers.first(name: "docker-content-digest")
        for text in [selector, told].compactMap(\.self) where text.contains(":") {
            let expected = try ContentDigest(text)
            if expected != manifest.digest { throw .mismatch(expected, got: manifest.digest) }
        }
        return manifest
    }

    /// The digest that a tag or digest leads to; nil where there is none.
    package func resolve(_ selector: String) async throws(ImageError) -> ContentDigest? {
        var request = HTTPRequest(.HEAD, try connection.address("\(name)/manifests/\(selector)"))
        request.headers.add(name: "accept", value: MediaType.accepted.joined(separator: ", "))
        let response = try await connection.send(request, pull)
        if response.status == 404 { return nil }
        if response.status == 200, let told = response.headers.first(name: "docker-content-digest") {
            return try ContentDigest(told)
        }
        return try await manifest(selector)?.digest
    }

    /// Stores a manifest under its digest and perhaps a tag; all that it names must be there.
    ///
    /// Answers whether the registry keeps the list of what refers to the manifest's subject.
    @discardableResult
    package func put(_ manifest: Manifest, tag: String? = nil) async throws(ImageError) -> Bool {
        let selector = tag ?? manifest.digest.description
        var request = HTTPRequest(.PUT, try connection.address("\(name)/manifests/\(selector)"))
        request.headers.add(name: "content-type", value: manifest.mediaType)
        request.body = .bytes(ByteBuffer(bytes: manifest.bytes))
        let response = try await connection.send(request, push)
        guard response.status == 201 || response.status == 200 else { throw await refusal(response, "push") }
        if let told = response.headers.first(name: "docker-content-digest"), told != manifest.digest.description {
            throw .mismatch(manifest.digest, got: try ContentDigest(told))
        }
        _ = try? await response.collect(upTo: 1 << 16)
        return response.headers.contains(name: "oci-subject")
    }

    /// Whether a blob is there.
    package func contains(_ digest: ContentDigest) async throws(ImageError) -> Bool {
        let response = try await connection.send(
            HTTPRequest(.HEAD, try connection.address("\(name)/blobs/\(digest)")),
            push
        )
        switch response.status {
        case 200: return true
        case 404: return false
        default: throw await refusal(response, "push")
        }
    }

    /// Removes a manifest with all its tags; false where there was none.
    package func deleteManifest(_ digest: ContentDigest) async throws(ImageError) -> Bool {
        try await delete("\(name)/manifests/\(digest)")
    }

    package func deleteBlob(_ digest: ContentDigest) async throws(ImageError) -> Bool {
        try await delete("\(name)/blobs/\(digest)")
    }

    private func delete(_ path: String) async throws(ImageError) -> Bool {
        let scope = Scope(repository: name, canPush: true, canDelete: true)
        let response = try await connection.send(HTTPRequest(.DELETE, try connection.address(path)), [scope])
        if response.status == 404 { return false }
        guard (200...204).contains(response.status) else { throw await refusal(response, "deletion") }
        _ = try? await response.collect(upTo: 1 << 16)
        return true
    }

    func refusal(_ response: HTTPResponse, _ verb: String) async -> ImageError {
        await connection.refusal(response, "\(verb) of \(name)")
    }

    func collect(_ response: HTTPResponse, _ limit: Int) async throws(ImageError) -> [UInt8] {
        do throws(TransportError) {
            return Array(try await response.collect(upTo: limit).readableBytesView)
        } catch {
            throw ImageError(error)
        }
    }
}
