import Basics
import NIOCore
import NIOHTTP1
import Transport
import Values

/// A registry, and who asks it.
///
/// https://github.com/opencontainers/distribution-spec/blob/main/spec.md
package final class RegistryConnection: Sendable {
    package let registry: String
    package let settings: RegistrySettings
    let origin: Origin
    private let client: HTTPClient
    private let authorizer: Authorizer

    package init(_ registry: String, _ settings: RegistrySettings, _ credentials: CredentialStore) throws(ImageError) {
        self.registry = registry
        self.settings = settings
        let host = registry == "docker.io" ? "registry-1.docker.io" : registry
        let isPlain = settings.isPlain || Self.isLocal(host)
        do throws(TransportError) {
            origin = try WebAddress((isPlain ? "http://" : "https://") + host).origin
        } catch {
            throw .invalidReference(registry, "it is no host")
        }
        client = HTTPClient(settings.client)
        authorizer = Authorizer(registry, origin, settings, credentials)
    }

    /// Whether the registry is on this machine, where there is seldom TLS.
    private static func isLocal(_ host: String) -> Bool {
        let name = host.hasPrefix("[") ? host.dropFirst().prefix { $0 != "]" } : host.prefix { $0 != ":" }
        return name == "localhost" || name == "::1" || name.hasPrefix("127.")
    }

    /// Closes the connections.
    package func close() { client.close() }

    /// The address of a path below `/v2/`.
    func address(_ path: String) throws(ImageError) -> WebAddress {
        do throws(TransportError) {
            return try WebAddress(origin: origin, path: "/v2/" + path)
        } catch {
            throw .invalid("\(error)")
        }
    }

    /// Sends a request with what it takes to be let in, whatever the answer is; asked for credentials in the middle, it
    /// is sent again with others.
    func send(_ request: HTTPRequest, _ scopes: [Scope]) async throws(ImageError) -> HTTPResponse {
        var request = request
        request.retry = settings.retry
        request.headers.replaceOrAdd(name: "user-agent", value: settings.userAgent)
        let isOwn = request.address.origin == origin
        var attempt = 0
        while true {
            let authorization = isOwn ? try await authorizer.authorization(for: scopes) : nil
            if let authorization { request.headers.replaceOrAdd(name: "authorization", value: authorization.value) }
            let response = try await unauthorized(request)
            // Another server, to which the registry sent, gets no credentials.
            guard response.status == 401, isOwn, response.address.origin == origin, attempt < 2 else { return response }
            attempt += 1
            let challenges = Challenge.parse(response.headers["www-authenticate"])
            _ = try? await response.collect(upTo: 1 << 16)
            // What was good before may be so again, once.
            let isRight = try await authorizer.learn(challenges, scopes, rejected: authorization, isFirst: attempt == 1)
            guard isRight else { return response }
        }
    }

    private func unauthorized(_ request: HTTPRequest) async throws(ImageError) -> HTTPResponse {
        do throws(TransportError) {
            return try await client.send(request)
        } catch {
            throw ImageError(error)
        }
    }

    /// The error that an answer stands for.
    func refusal(_ response: HTTPResponse, _ action: String) async -> ImageError {
        let body = try? await response.collect(upTo: 1 << 16)
        let value = body.flatMap { try? JSONDocument.parse(Array($0.readableBytesView), "") }
        let first = value?["errors"]?.list?.first
        return .refused(
            RegistryRefusal(
                registry: registry,
                action: action,
                status: response.status,
                code: Self.shown(first?["code"]?.string ?? ""),
                message: Self.shown(first?["message"]?.string ?? ""),
                hadCredentials: await authorizer.hasCredential,
                retryAfter: response.headers.first(name: "retry-after")
            )
        )
    }

    /// A registry's words without what could move a terminal's cursor.
    private static func shown(_ text: String) -> String {
        let scalars = text.unicodeScalars.prefix(300).map { $0.properties.generalCategory == .control ? " " : $0 }
        return String(String.UnicodeScalarView(scalars))
    }
}

extension ImageError {
    init(_ error: TransportError) {
        switch error {
        case .cancelled: self = .cancelled
        case .tls: self = .unreachable(error.description, isUntrusted: true)
        default: self = .unreachable(error.description, isUntrusted: false)
        }
    }
}
