package import NIOCore
import NIOHTTP2

/// A connection of HTTP/2 with calls of gRPC, any number at the same time.
package final class CallConnection: Sendable {
    package let origin: Origin
    private let endpoint: Endpoint<Calls>

    private init(_ origin: Origin, _ endpoint: Endpoint<Calls>) {
        self.origin = origin
        self.endpoint = endpoint
    }

    /// Connects to a server; it must know that this is HTTP/2 where there is no TLS to agree on it.
    package static func connect(
        to origin: Origin,
        on eventLoop: any EventLoop,
        policy: TransportPolicy = TransportPolicy()
    ) -> EventLoopFuture<CallConnection> {
        let connector: Connector
        do throws(TransportError) {
            connector = try Connector(origin, policy, applicationProtocols: ["h2"])
        } catch {
            return eventLoop.makeFailedFuture(error)
        }
        return connector.connect(Calls.self, on: eventLoop) { channel in
            var connection = NIOHTTP2Handler.ConnectionConfiguration()
            connection.initialSettings = [
                HTTP2Setting(parameter: .enablePush, value: 0),
                HTTP2Setting(parameter: .initialWindowSize, value: Calls.windowSize),
                HTTP2Setting(parameter: .maxFrameSize, value: 1 << 18),
            ]
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(NIOHTTP2Handler(mode: .client, connectionConfiguration: connection))
            try pipeline.addHandler(Calls(origin, policy, channel.eventLoop))
        }.map { CallConnection(origin, $0) }
    }

    package var eventLoop: any EventLoop { endpoint.eventLoop }
    package var isOpen: Bool { endpoint.channel.isActive }

    /// Calls a method with one message; fails only when there is no answer at all.
    package func call(
        _ path: String,
        _ message: ByteBuffer,
        metadata: [(String, String)] = [],
        timeout: TimeAmount? = nil
    ) -> EventLoopFuture<CallOutcome> {
        endpoint.submit { $0.call(path, message, metadata, timeout) }
    }

    package func close() {
        endpoint.channel.close(promise: nil)
    }
}
