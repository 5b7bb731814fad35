import NIOHTTP1
import Synchronization
import Transport

@testable import Images

/// A registry that keeps what it gets in memory, and does what a test wants with some requests.
final class MemoryRegistry: Sendable {
    struct Contents: Sendable {
        /// By repository and digest, as `team/app@sha256:…`.
        var blobs: [String: [UInt8]] = [:]
        var uploads: [String: [UInt8]] = [:]
        var sessions = 0
        /// By repository and tag or digest, as `team/app:1`.
        var manifests: [String: [UInt8]] = [:]
    }

    private let state = Mutex(Contents())
    private let trouble: @Sendable (TestServer.Request) -> TestServer.Answer?

    /// `trouble` is asked first.
    init(trouble: @escaping @Sendable (TestServer.Request) -> TestServer.Answer? = { _ in nil }) {
        self.trouble = trouble
    }

    var contents: Contents { state.withLock { $0 } }

    func add(_ blob: [UInt8], to repository: String) {
        state.withLock { $0.blobs["\(repository)@\(ContentDigest(of: blob))"] = blob }
    }

    func answer(_ request: TestServer.Request) -> TestServer.Answer {
        if let answer = trouble(request) { return answer }
        return state.withLock { Self.answer(request, &$0) }
    }

    private static func answer(_ request: TestServer.Request, _ contents: inout Contents) -> TestServer.Answer {
        let parts = request.path.split(separator: "/").map(String.init)
        guard parts.first == "v2" else { return .init(status: 404) }
        if let at = parts.lastIndex(of: "manifests"), at + 1 < parts.count {
            return manifest(request, "\(parts[1..<at].joined(separator: "/")):\(parts[at + 1])", &contents)
        }
        guard let at = parts.lastIndex(of: "blobs"), at + 1 < parts.count else { return .init(status: 404) }
        let repository = parts[1..<at].joined(separator: "/")
        if parts[at + 1] == "uploads" {
            return upload(request, repository, at + 2 < parts.count ? parts[at + 2] : nil, &contents)
        }
        guard let blob = contents.blobs["\(repository)@\(parts[at + 1])"] else { return .init(status: 404) }
        return .init(headers: request.method == .HEAD ? [("content-length", "\(blob.count)")] : [], body: blob)
    }

    private static func manifest(
        _ request: TestServer.Request,
        _ name: String,
        _ contents: inout Contents
    ) -> TestServer.Answer {
        if request.method == .PUT {
            contents.manifests[name] = request.body
            return .init(status: 201, headers: [("docker-content-digest", "\(ContentDigest(of: request.body))")])
        }
        guard let bytes = contents.manifests[name] else { return .init(status: 404) }
        let digest = ContentDigest(of: bytes).description
        return .init(headers: [("docker-content-digest", digest), ("content-type", MediaType.manifest)], body: bytes)
    }

    private static func upload(
        _ request: TestServer.Request,
        _ repository: String,
        _ session: String?,
        _ contents: inout Contents
    ) -> TestServer.Answer {
        guard let session else {
            let fields = request.fields
            if let digest = fields["mount"]?.first, let source = fields["from"]?.first,
                let blob = contents.blobs["\(source)@\(digest)"]
            {
                contents.blobs["\(repository)@\(digest)"] = blob
                return .init(status: 201)
            }
            let new = "session-\(contents.sessions)"
            contents.sessions += 1
            contents.uploads[new] = []
            return .init(status: 202, headers: [("location", "/v2/\(repository)/blobs/uploads/\(new)?state=0")])
        }
        guard var bytes = contents.uploads[session] else { return .init(status: 404) }
        // Where to go on changes with each piece, as with registries that keep their state in it.
        var place: (String, String) { ("location", "/v2/\(repository)/blobs/uploads/\(session)?state=\(bytes.count)") }
        switch request.method {
        case .GET: return .init(status: 204, headers: [place, ("range", "0-\(max(0, bytes.count - 1))")])
        case .DELETE:
            contents.uploads[session] = nil
            return .init(status: 204)
        default: break
        }
        guard request.fields["state"] == ["\(bytes.count)"] else { return .init(status: 416) }
        bytes += request.body
        contents.uploads[session] = bytes
        if request.method == .PATCH { return .init(status: 202, headers: [place]) }
        let digest = ContentDigest(of: bytes).description
        guard request.fields["digest"] == [digest] else { return .init(status: 400) }
        contents.uploads[session] = nil
        contents.blobs["\(repository)@\(digest)"] = bytes
        return .init(status: 201, headers: [("docker-content-digest", digest)])
    }
}

extension RegistrySettings {
    /// For tests, which do not wait.
    static var hasty: RegistrySettings {
        var settings = RegistrySettings()
        settings.retry.firstDelay = .milliseconds(1)
        return settings
    }
}

extension TestServer {
    /// A repository of this server, for somebody with a credential.
    func repository(
        _ name: String,
        _ credential: Credential? = nil,
        _ settings: RegistrySettings = .hasty
    ) throws -> RemoteRepository {
        var credentials = CredentialStore(files: [])
        credentials.given[host] = credential
        return RemoteRepository(try RegistryConnection(host, settings, credentials), name)
    }
}
