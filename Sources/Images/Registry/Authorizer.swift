import Basics
import NIOCore
import NIOHTTP1
import Transport
import Values

/// What somebody wants to do with a repository, as tokens say it.
struct Scope: Hashable, Sendable, Comparable {
    let repository: String
    let canPush: Bool
    var canDelete = false

    var text: String {
        "repository:\(repository):" + (canDelete ? "delete,pull,push" : canPush ? "pull,push" : "pull")
    }

    static func < (left: Scope, right: Scope) -> Bool { left.text < right.text }
}

/// The value of `authorization`, and what it is good for.
struct Authorization: Sendable, Equatable {
    let value: String
    fileprivate let until: NIODeadline
}

/// Knows how to be let in at one registry: by tokens that it fetches and keeps, or by name and password.
///
/// https://distribution.github.io/distribution/spec/auth/token/
actor Authorizer {
    private let registry: String
    private let origin: Origin
    private let settings: RegistrySettings
    private let credentials: CredentialStore
    /// Follows nobody: the secrets in its requests are for the one that is asked.
    private let client: HTTPClient
    private var challenge: Challenge?
    private var known: [String: Authorization] = [:]
    private var lookedUp: [String: Credential?] = [:]

    private(set) var hasCredential = false

    init(_ registry: String, _ origin: Origin, _ settings: RegistrySettings, _ credentials: CredentialStore) {
        self.registry = registry
        self.origin = origin
        self.settings = settings
        self.credentials = credentials
        var transport = settings.client
        transport.maximumRedirects = 0
        client = HTTPClient(transport)
    }

    /// What is known to be right so far; nil before the registry has said what it wants.
    func authorization(for scopes: [Scope]) async throws(ImageError) -> Authorization? {
        if let known = known[Self.key(scopes)], known.until > .now() { return known }
        guard let challenge else { return nil }
        return try await fetch(challenge, scopes)
    }

    /// Takes what the registry wants to know; false when there is nothing (else) to tell it.
    func learn(
        _ challenges: [Challenge],
        _ scopes: [Scope],
        rejected: Authorization?,
        isFirst: Bool
    ) async throws(ImageError) -> Bool {
        guard
            let wanted = challenges.first(where: { $0.scheme == "bearer" })
                ?? challenges.first(where: { $0.scheme == "basic" })
        else { return false }
        let key = Self.key(scopes)
        // Another task may have been quicker.
        if let known = known[key], known != rejected, known.until > .now() { return true }
        known[key] = nil
        challenge = wanted
        let found = try await fetch(wanted, scopes)
        return found != nil && (isFirst || found != rejected)
    }

    private static func key(_ scopes: [Scope]) -> String { scopes.sorted().map(\.text).joined(separator: " ") }

    private func fetch(_ challenge: Challenge, _ scopes: [Scope]) async throws(ImageError) -> Authorization? {
        let credential = try credential(scopes.first?.repository ?? "")
        hasCredential = credential != nil
        let authorization: Authorization?
        switch credential {
        case .registryToken(let token): authorization = Authorization(value: "Bearer " + token, until: .distantFuture)
        case .basic(let user, let password) where challenge.scheme == "basic":
            authorization = Authorization(value: Self.basic(user, password), until: .distantFuture)
        default: authorization = challenge.scheme == "bearer" ? try await token(challenge, scopes, credential) : nil
        }
        known[Self.key(scopes)] = authorization
        return authorization
    }

    private func credential(_ repository: String) throws(ImageError) -> Credential? {
        if let found = lookedUp[repository] { return found }
        let found = try credentials.credential(registry: registry, repository: repository)
        lookedUp[repository] = .some(found)
        return found
    }

    private func token(
        _ challenge: Challenge,
        _ scopes: [Scope],
        _ credential: Credential?
    ) async throws(ImageError) -> Authorization? {
        guard let realm = challenge.parameters["realm"] else {
            throw .malformed("the answer of \(registry)", "it does not say where to get a token")
        }
        let response: HTTPResponse
        let body: ByteBuffer
        do throws(TransportError) {
            let request = try request(realm, challenge.parameters["service"], scopes, credential)
            response = try await client.send(request)
            body = try await response.collect(upTo: 1 << 20)
        } catch {
            throw ImageError(error)
        }
        if response.status == 401 || response.status == 403 {
            // Refused for what it is, or there is none for nobody.
            let refusal = RegistryRefusal(
                registry: registry,
                action: "login",
                status: response.status,
                code: "",
                message: "",
                hadCredentials: credential != nil
            )
            throw .refused(refusal)
        }
        guard response.status == 200 else {
            throw .unreachable(
                "\(response.address.origin), which gives out the tokens of \(registry), answers with HTTP status \(response.status)",
                isUntrusted: false
            )
        }
        let value = try JSONDocument.parse(Array(body.readableBytesView), "the token of \(registry)")
        guard let token = value["token"]?.string ?? value["access_token"]?.string, !token.isEmpty,
            token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { throw .malformed("the token of \(registry)", "it is empty") }
        let seconds = min(max(value["expires_in"]?.int ?? 60, 60), 86_400) - 10
        return Authorization(value: "Bearer " + token, until: .now() + .seconds(Int64(seconds)))
    }

    private func request(
        _ realm: String,
        _ service: String?,
        _ scopes: [Scope],
        _ credential: Credential?
    ) throws(TransportError) -> HTTPRequest {
        var address = try WebAddress(origin: origin, path: "/").resolving(realm)
        if origin.isSecure, !address.origin.isSecure {
            throw .redirect(origin, "the place for its tokens is not secured")
        }
        var headers: HTTPHeaders = ["accept": "application/json", "user-agent": settings.userAgent]
        var request: HTTPRequest
        if case .identityToken(let token)? = credential {
            let fields = [
                ("grant_type", "refresh_token"), ("service", service ?? ""), ("client_id", "apus"),
                ("scope", scopes.map(\.text).joined(separator: " ")), ("refresh_token", token),
            ]
            headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
            let form = fields.map { "\($0)=\(WebAddress.encoded($1))" }.joined(separator: "&")
            request = HTTPRequest(.POST, address, headers: headers, body: .bytes(ByteBuffer(string: form)))
            request.isRepeatable = true
        } else {
            if let service { address = address.adding("service", service) }
            for scope in scopes { address = address.adding("scope", scope.text) }
            if case .basic(let user, let password)? = credential {
                headers.add(name: "authorization", value: Self.basic(user, password))
            }
            request = HTTPRequest(.GET, address, headers: headers)
        }
        request.retry = settings.retry
        return request
    }

    private static func basic(_ user: String, _ password: String) -> String {
        "Basic " + Base64.encode((user + ":" + password).utf8)
    }
}
