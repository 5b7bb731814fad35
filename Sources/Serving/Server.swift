import Inference
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
package import NIOPosix
import NIOSSL

/// An HTTP server around services.
package final class Server: Sendable {
    private let core: ServerCore
    package let group: MultiThreadedEventLoopGroup
    private let loopStates: [ObjectIdentifier: NIOLoopBound<LoopState>]
    private let channel: NIOLockedValueBox<(any Channel)?> = NIOLockedValueBox(nil)

    package init(_ settings: ServerSettings, _ table: ServiceTable) throws {
        core = ServerCore(settings, table)
        group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, settings.threads))
        var states: [ObjectIdentifier: NIOLoopBound<LoopState>] = [:]
        for loop in group.makeIterator() {
            states[ObjectIdentifier(loop)] = try loop.submit { NIOLoopBound(LoopState(), eventLoop: loop) }.wait()
        }
        loopStates = states
    }

    /// Listens; gives the port.
    package func start() throws -> Int {
        let (core, states) = (core, loopStates)
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: core.settings.backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 4)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let state = states[ObjectIdentifier(channel.eventLoop)]?.value else { throw ChannelError.eof }
                    let decoder = HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(ByteToMessageHandler(decoder))
                    try pipeline.addHandler(HTTPConnection(core, state))
                }
            }
        let channel = try bootstrap.bind(host: core.settings.host, port: core.settings.port).wait()
        self.channel.withLockedValue { $0 = channel }
        for loop in group.makeIterator() {
            guard let state = states[ObjectIdentifier(loop)] else { continue }
            loop.scheduleRepeatedTask(initialDelay: .milliseconds(500), delay: .milliseconds(500)) { _ in
                state.value.sweep()
            }
        }
        return channel.localAddress?.port ?? core.settings.port
    }

    /// Ends the server: stops to listen, lets requests under way end within the time given.
    package func stop(within limit: Duration = .seconds(30)) throws {
        let channel = channel.withLockedValue { $0 }
        try? channel?.close().wait()
        try group.syncShutdownGracefully()
    }
}
