package import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// A client of HTTP/1.1 that keeps connections; for many tasks at the same time.
package final class HTTPClient: Sendable {
    private let settings: HTTPClientSettings
    private let group: any EventLoopGroup
    private let pool = ConnectionPool()
    private let contexts = Mutex<[Bool: NIOSSLContext]>([:])

    package init(
        _ settings: HTTPClientSettings = HTTPClientSettings(),
        group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) {
        self.settings = settings
        self.group = group
    }

    deinit { pool.closeAll() }

    /// Closes the connections that wait to be used again.
    package func close() { pool.closeAll() }

    /// Sends a request and waits for the start of its answer, of whatever status, after redirects and further tries.
    package func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        var attempt = 1
        while true {
            let delay: Duration?
            do throws(TransportError) {
                let response = try await follow(request)
                guard request.isRepeatable, RetryPolicy.isPassing(response.status) else { return response }
                delay = request.retry.delay(afterAttempt: attempt, response.headers)
                if delay == nil { return response }
                await response.discard()
            } catch {
                guard request.isRepeatable, RetryPolicy.isPassing(error) else { throw error }
                delay = request.retry.delay(afterAttempt: attempt)
                if delay == nil { throw error }
            }
            attempt += 1
            if let delay, (try? await Task.sleep(for: delay)) == nil { throw .cancelled(request.address.origin) }
        }
    }

    /// Sends a request, and again to where the answers say it is to go.
    private func follow(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let first = request.address.origin
        var request = request
        var count = 0
        while true {
            let response = try await exchange(request, showsCertificate: request.address.origin == first)
            guard settings.maximumRedirects > 0, [301, 302, 303, 307, 308].contains(response.status),
                let location = response.headers.first(name: "location")
            else { return response }
            await response.discard()
            let origin = request.address.origin
            let target = try request.address.resolving(location)
            count += 1
            if count > settings.maximumRedirects { throw .redirect(origin, "it does so too often") }
            if origin.isSecure, !target.origin.isSecure { throw .redirect(origin, "the other address is not secured") }
            let keepsMethod = response.status == 307 || response.status == 308 || request.method == .HEAD
            if !keepsMethod, request.method != .GET {
                request.method = .GET
                request.body = nil
                request.headers.remove(name: "content-type")
            }
            if target.origin != origin {
                // They are for the one who was asked.
                for name in ["authorization", "cookie", "proxy-authorization"] { request.headers.remove(name: name) }
            }
            request.address = target
        }
    }

    /// Sends a request once; again only where a connection that had been waiting turns out to be closed.
    private func exchange(_ request: HTTPRequest, showsCertificate: Bool) async throws(TransportError) -> HTTPResponse {
        let key = ConnectionPool.Key(origin: request.address.origin, showsCertificate: showsCertificate)
        if request.isRepeatable, let connection = pool.take(key) {
            do throws(TransportError) {
                return try await connection.send(request) { [pool] in pool.give(connection, key) }
            } catch {
                guard case .closed = error else { throw error }
            }
        }
        let connection = try await connect(key)
        return try await connection.send(request) { [pool] in pool.give(connection, key) }
    }

    /// A new connection to the first server that is asked, whatever comes of it.
    func connect(to origin: Origin) async throws(TransportError) -> HTTPConnection {
        try await connect(ConnectionPool.Key(origin: origin, showsCertificate: true))
    }

    private func connect(_ key: ConnectionPool.Key) async throws(TransportError) -> HTTPConnection {
        let origin = key.origin
        var connector = Connector(origin, connectTimeout: settings.connectTimeout)
        connector.proxy = settings.proxies.proxy(for: origin)
        if origin.isSecure {
            let name = (key.showsCertificate ? settings.tls.serverName : nil) ?? Connector.serverName(origin)
            if name == nil, connector.proxy != nil, !settings.tls.skipsVerification {
                // An address is looked for in the certificate as that of the connection, which is the proxy's.
                throw .tls(origin, "its certificate cannot be checked for an address behind a proxy, only for a name")
            }
            connector.secureLayer = Connector.SecureLayer(context: try context(key), serverName: name)
        }
        let (prepared, loop) = (connector, group.next())
        return try await origin.value(
            cancel: {},
            body: {
                try await HTTPConnection.connect(prepared, on: loop).get()
            }
        )
    }

    private func context(_ key: ConnectionPool.Key) throws(TransportError) -> NIOSSLContext {
        if let context = contexts.withLock({ $0[key.showsCertificate] }) { return context }
        let context = try settings.tls.context(
            for: key.origin,
            showsCertificate: key.showsCertificate,
            applicationProtocols: ["http/1.1"]
        )
        contexts.withLock { $0[key.showsCertificate] = context }
        return context
    }
}
