import Glibc
import Inference
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
package import NIOPosix
import NIOSSL
import Synchronization

/// An HTTP server around services.
package final class Server: Sendable {
    private let core: ServerCore
    package let group: MultiThreadedEventLoopGroup
    /// Takes connections, on a thread of its own: on one that answers too, new clients, such as those that ask for
    /// health, would wait for all that are being answered, a few at a time.
    private let acceptors = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let loopStates: [ObjectIdentifier: NIOLoopBound<LoopState>]
    private let channel: NIOLockedValueBox<(any Channel)?> = NIOLockedValueBox(nil)

    private let tls: NIOSSLContext?

    package init(
        _ settings: ServerSettings,
        _ table: ServiceTable,
        log: AccessLog? = nil,
        predictions: PredictionLog? = nil
    ) throws {
        let core = ServerCore(settings, table, log, predictions)
        self.core = core
        tls = try settings.certificate.map { try Self.context(chain: $0.chain, key: $0.key) }
        group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, settings.threads))
        var states: [ObjectIdentifier: NIOLoopBound<LoopState>] = [:]
        for loop in group.makeIterator() {
            states[ObjectIdentifier(loop)] = try loop.submit {
                NIOLoopBound(LoopState(core.metrics.makeShard(), core.routes), eventLoop: loop)
            }.wait()
        }
        loopStates = states
    }

    /// Listens; gives the port.
    package func start() throws -> Int {
        let (core, states, tls) = (core, loopStates, tls)
        let bootstrap = ServerBootstrap(group: acceptors, childGroup: group)
            .serverChannelOption(.backlog, value: core.settings.backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 4)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let state = states[ObjectIdentifier(channel.eventLoop)]?.value else { throw ChannelError.eof }
                    let decoder = HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)
                    let pipeline = channel.pipeline.syncOperations
                    if core.connections.load(ordering: .relaxed) >= core.settings.maxConnections {
                        throw ChannelError.connectTimeout(.zero)
                    }
                    if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
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

    /// A server of gRPC for the same services, which counts and logs with this one; not for an event loop's thread.
    package func grpc(_ settings: GRPCSettings) throws -> GRPCServer {
        try GRPCServer(
            settings,
            group: group,
            acceptors: acceptors,
            provider: core.table,
            core.metrics,
            core.predictions,
            core.allowance
        )
    }

    /// Puts other services in place and returns when no request can come to those that are gone.
    ///
    /// These are the caller's to close. Not for an event loop's thread.
    package func adopt(_ table: ServiceTable) throws {
        let routes = core.adopt(table)
        for loop in group.makeIterator() {
            guard let state = loopStates[ObjectIdentifier(loop)] else { continue }
            try loop.submit { state.value.routes = routes }.wait()
        }
    }

    /// Ends the server and its services.
    ///
    /// Readiness is denied at once, while connections are taken for `delay`; then requests under way may end within
    /// `limit`. Before the models are closed, `meanwhile` ends who else uses them.
    package func stop(
        after delay: Duration = .zero,
        within limit: Duration = .seconds(30),
        meanwhile: () -> Void = {}
    ) throws {
        core.isDraining.store(true, ordering: .relaxed)
        if delay > .zero { usleep(useconds_t(min(delay.nanoseconds / 1000, 3_600_000_000))) }
        try? channel.withLockedValue { $0 }?.close().wait()
        for loop in group.makeIterator() {
            guard let state = loopStates[ObjectIdentifier(loop)] else { continue }
            // Waited for, so that the connections taken last are counted.
            try loop.submit { state.value.end(on: loop) }.wait()
        }
        let end = Clock.now &+ limit.nanoseconds
        while core.connections.load(ordering: .relaxed) > 0, Clock.now < end { usleep(5000) }
        for loop in group.makeIterator() {
            guard let state = loopStates[ObjectIdentifier(loop)] else { continue }
            loop.execute { state.value.abort() }
        }
        meanwhile()
        core.table.close()
        try acceptors.syncShutdownGracefully()
        try group.syncShutdownGracefully()
    }

    private static func context(chain: String, key: String) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(chain).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
        )
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        return try NIOSSLContext(configuration: configuration)
    }
}
