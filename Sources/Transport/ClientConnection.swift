package import NIOCore
import NIOHTTP1

/// A connection of HTTP/1.1, with one request at a time.
package final class ClientConnection: Sendable {
    package let origin: Origin
    private let channel: any Channel
    private let exchange: NIOLoopBound<ClientExchange>

    private init(_ origin: Origin, _ channel: any Channel, _ exchange: NIOLoopBound<ClientExchange>) {
        self.origin = origin
        self.channel = channel
        self.exchange = exchange
    }

    /// Connects to a server.
    package static func connect(
        to origin: Origin,
        on eventLoop: any EventLoop,
        policy: TransportPolicy = TransportPolicy()
    ) -> EventLoopFuture<ClientConnection> {
        let connector = Connector(origin: origin, policy: policy, applicationProtocols: ["http/1.1"])
        return connector.connect(on: eventLoop) { channel in
            try channel.pipeline.syncOperations.addHTTPClientHandlers()
            try channel.pipeline.syncOperations.addHandler(ClientExchange(origin, policy, channel.eventLoop))
        }.flatMapThrowing { channel in
            let handler = try channel.pipeline.syncOperations.handler(type: ClientExchange.self)
            return ClientConnection(origin, channel, NIOLoopBound(handler, eventLoop: channel.eventLoop))
        }
    }

    package var eventLoop: any EventLoop { channel.eventLoop }

    /// Whether another request can be sent.
    package var isOpen: Bool { channel.isActive }

    /// Sends a request; the one before must have been answered.
    package func send(_ request: ClientRequest) -> EventLoopFuture<ClientResponse> {
        if eventLoop.inEventLoop { return exchange.value.send(request) }
        let exchange = exchange
        return eventLoop.flatSubmit { exchange.value.send(request) }
    }

    package func close() {
        channel.close(promise: nil)
    }
}
