import NIOCore
import NIOHTTP1
import Synchronization
import Transport
import Values

/// A client of one cluster's API server; any number of tasks may use it at the same time.
///
/// All methods throw ``ClusterError`` or `CancellationError`.
package final class Cluster: Sendable {
    package let access: ClusterAccess
    package let policy: ClusterPolicy
    let source: CredentialSource
    let discovery = Discovery()
    private let connections: Mutex<Connections>
    private let hasAnswered = Atomic<Bool>(false)

    /// The client for the certificate that is shown.
    private struct Connections {
        var certificate: [UInt8]?
        var client: HTTPClient?
    }

    package init(_ access: ClusterAccess, policy: ClusterPolicy = ClusterPolicy()) {
        self.access = access
        self.policy = policy
        source = CredentialSource(access)
        connections = Mutex(Connections())
    }

    /// Works with a cluster, and closes the connections at the end.
    package static func with<Result>(
        _ access: ClusterAccess,
        policy: ClusterPolicy = ClusterPolicy(),
        _ body: (Cluster) async throws -> Result
    ) async throws -> Result {
        let cluster = Cluster(access, policy: policy)
        defer { cluster.close() }
        return try await body(cluster)
    }

    package func close() {
        connections.withLock { $0.client.take() }?.close()
    }

    /// Whether the server has answered at all.
    var isKnown: Bool { hasAnswered.load(ordering: .relaxed) }

    func noteAnswer() { hasAnswered.store(true, ordering: .relaxed) }

    var server: String { "\(access.server.origin)" }

    /// The client that shows these credentials' certificate.
    func client(_ credentials: Credentials) -> HTTPClient {
        connections.withLock { connections in
            if let client = connections.client, connections.certificate == credentials.certificate { return client }
            connections.client?.close()
            var settings = HTTPClientSettings()
            settings.tls = access.tls
            settings.tls.certificate = credentials.certificate.map { .bytes($0) }
            settings.tls.key = credentials.key.map { .bytes($0) }
            settings.proxies = access.proxies
            // Credentials follow nobody.
            settings.maximumRedirects = 0
            let client = HTTPClient(settings)
            connections.client = client
            connections.certificate = credentials.certificate
            return client
        }
    }

    /// The request as HTTP has it.
    func request(_ call: APICall, _ credentials: Credentials) throws -> HTTPRequest {
        let base = access.server.path.hasSuffix("/") ? String(access.server.path.dropLast()) : access.server.path
        let path = base + call.path + PercentEncoding.query(call.query)
        let address: WebAddress
        do throws(TransportError) {
            address = try WebAddress(origin: access.server.origin, path: path)
        } catch {
            throw translated(error)
        }
        var headers: HTTPHeaders = ["accept": call.accept, "user-agent": policy.agent]
        if let token = credentials.token {
            headers.add(name: "authorization", value: "Bearer \(token.value)")
        } else if let basic = credentials.basic {
            headers.add(name: "authorization", value: "Basic \(basic.value)")
        }
        for (name, value) in access.credentials.impersonation { headers.add(name: name, value: value) }
        var request = HTTPRequest(HTTPMethod(rawValue: call.method.rawValue), address, headers: headers)
        if let body = call.body {
            request.headers.add(name: "content-type", value: call.contentType)
            request.body = .bytes(ByteBuffer(string: body.json(ensureASCII: false)))
        }
        request.isRepeatable = call.isRepeatable
        request.idleTimeout = call.isEndless ? call.idleTimeout : TimeAmount(policy.timeout)
        request.totalTimeout = call.isEndless ? nil : TimeAmount(policy.timeout)
        return request
    }
}
