package import NIOCore
import NIOHTTP1

/// A connection of HTTP/1.1, with one request at a time.
package final class ClientConnection: Sendable {
    package let origin: Origin
    private let endpoint: Endpoint<ClientExchange>

    private init(_ origin: Origin, _ endpoint: Endpoint<ClientExchange>) {
        self.origin = origin
        self.endpoint = endpoint
    }

    /// Connects to a server.
    package static func connect(
        to origin: Origin,
        on eventLoop: any EventLoop,
        policy: TransportPolicy = TransportPolicy()
    ) -> EventLoopFuture<ClientConnection> {
        let connector: Connector
        do throws(TransportError) {
            connector = try Connector(origin, policy, applicationProtocols: ["http/1.1"])
        } catch {
            return eventLoop.makeFailedFuture(error)
        }
        return connector.connect(ClientExchange.self, on: eventLoop) { channel in
            try channel.pipeline.syncOperations.addHTTPClientHandlers()
            try channel.pipeline.syncOperations.addHandler(ClientExchange(origin, policy, channel.eventLoop))
        }.map { ClientConnection(origin, $0) }
    }

    package var eventLoop: any EventLoop { endpoint.eventLoop }

    /// Whether another request can be sent.
    package var isOpen: Bool { endpoint.channel.isActive }

    /// Sends a request; the one before must have been answered.
    package func send(_ request: ClientRequest) -> EventLoopFuture<ClientResponse> {
        endpoint.submit { $0.send(request) }
    }

    package func close() {
        endpoint.channel.close(promise: nil)
    }
}
