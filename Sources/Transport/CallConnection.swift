package import NIOCore
import NIOHTTP2

/// A connection of HTTP/2 with calls of gRPC, any number at the same time.
package final class CallConnection: Sendable {
    package let origin: Origin
    private let channel: any Channel
    private let calls: NIOLoopBound<Calls>

    private init(_ origin: Origin, _ channel: any Channel, _ calls: NIOLoopBound<Calls>) {
        self.origin = origin
        self.channel = channel
        self.calls = calls
    }

    /// Connects to a server; it must know that this is HTTP/2 where there is no TLS to agree on it.
    package static func connect(
        to origin: Origin,
        on eventLoop: any EventLoop,
        policy: TransportPolicy = TransportPolicy()
    ) -> EventLoopFuture<CallConnection> {
        let connector = Connector(origin: origin, policy: policy, applicationProtocols: ["h2"])
        return connector.connect(on: eventLoop) { channel in
            var connection = NIOHTTP2Handler.ConnectionConfiguration()
            connection.initialSettings = [
                HTTP2Setting(parameter: .enablePush, value: 0),
                HTTP2Setting(parameter: .initialWindowSize, value: Calls.windowSize),
                HTTP2Setting(parameter: .maxFrameSize, value: 1 << 18),
            ]
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(NIOHTTP2Handler(mode: .client, connectionConfiguration: connection))
            try pipeline.addHandler(Calls(origin, policy, channel.eventLoop))
        }.flatMapThrowing { channel in
            let calls = try channel.pipeline.syncOperations.handler(type: Calls.self)
            return CallConnection(origin, channel, NIOLoopBound(calls, eventLoop: channel.eventLoop))
        }
    }

    package var eventLoop: any EventLoop { channel.eventLoop }
    package var isOpen: Bool { channel.isActive }

    /// Calls a method with one message; fails only when there is no answer at all.
    package func call(
        _ path: String,
        _ message: ByteBuffer,
        metadata: [(String, String)] = [],
        timeout: TimeAmount? = nil
    ) -> EventLoopFuture<CallOutcome> {
        if eventLoop.inEventLoop { return calls.value.call(path, message, metadata, timeout) }
        let calls = calls
        return eventLoop.flatSubmit { calls.value.call(path, message, metadata, timeout) }
    }

    package func close() {
        channel.close(promise: nil)
    }
}
