package import NIOCore
import NIOHTTP2
import NIOPosix
import NIOSSL
import Synchronization

/// Serves models by the Open Inference Protocol over gRPC.
package final class GRPCServer: Sendable {
    private let core: GRPCCore
    private let group: any EventLoopGroup
    private let acceptors: any EventLoopGroup
    private let tls: NIOSSLContext?
    private let listener = Mutex<(any Channel)?>(nil)

    /// A server that does not listen yet; throws if the certificate cannot be read.
    package convenience init(
        _ settings: GRPCSettings,
        group: any EventLoopGroup,
        provider: any InferenceProvider
    ) throws {
        try self.init(settings, group: group, provider: provider, ServerMetrics(), nil)
    }

    /// Connections are taken on one of `acceptors`, which are those of `group` unless given.
    init(
        _ settings: GRPCSettings,
        group: any EventLoopGroup,
        acceptors: (any EventLoopGroup)? = nil,
        provider: any InferenceProvider,
        _ metrics: ServerMetrics,
        _ predictions: PredictionLog?,
        _ allowance: Allowance? = nil
    ) throws {
        core = GRPCCore(settings, provider, metrics, predictions, allowance)
        self.group = group
        self.acceptors = acceptors ?? group
        tls = try settings.certificate.map { try Self.context(chain: $0.chain, key: $0.key) }
    }

    /// Starts to listen and gives the port; not for an event loop's thread.
    package func start() throws -> Int {
        let channel = try ServerBootstrap(group: acceptors, childGroup: group)
            .serverChannelOption(.backlog, value: 2048)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.socketOption(.so_keepalive), value: 1)
            .childChannelInitializer { [core, tls] channel in
                guard core.add(channel) else { return channel.close() }
                return channel.eventLoop.makeCompletedFuture { try Self.configure(channel, core, tls) }
            }
            .bind(host: core.settings.host, port: core.settings.port)
            .wait()
        listener.withLock { $0 = channel }
        return channel.localAddress?.port ?? core.settings.port
    }

    /// Has calls answered by another provider and returns when none can come to the present one any more; not for an
    /// event loop's thread.
    package func adopt(_ provider: any InferenceProvider) throws { try core.adopt(provider) }

    /// Takes no more connections, tells clients to go, and returns when their calls are answered or the time is over.
    package func stop(within limit: Duration = .seconds(30)) {
        try? listener.withLock { $0 }?.close().wait()
        let channels = core.openChannels
        let amount = TimeAmount.nanoseconds(Int64(clamping: limit.nanoseconds))
        for channel in channels {
            channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
            let timer = channel.eventLoop.scheduleTask(in: amount) { channel.close(promise: nil) }
            channel.closeFuture.whenComplete { _ in timer.cancel() }
        }
        for channel in channels { try? channel.closeFuture.wait() }
    }

    private static func configure(_ channel: any Channel, _ core: GRPCCore, _ tls: NIOSSLContext?) throws {
        let pipeline = channel.pipeline.syncOperations
        if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
        var connection = NIOHTTP2Handler.ConnectionConfiguration()
        connection.initialSettings = [
            HTTP2Setting(parameter: .maxConcurrentStreams, value: core.settings.maximumStreams),
            HTTP2Setting(parameter: .initialWindowSize, value: GRPCConnection.streamWindowSize),
            HTTP2Setting(parameter: .maxFrameSize, value: 1 << 18),
            HTTP2Setting(parameter: .maxHeaderListSize, value: 16 << 10),
        ]
        // Clients measure their line with pings and give up calls in numbers; floods are far beyond that.
        connection.controlFrameRateLimit.maximumCount = 3000
        var stream = NIOHTTP2Handler.StreamConfiguration()
        stream.streamResetFrameRateLimit.maximumCount = 6000
        try pipeline.addHandler(
            NIOHTTP2Handler(mode: .server, connectionConfiguration: connection, streamConfiguration: stream)
        )
        try pipeline.addHandler(GRPCConnection(core, core.shared(on: channel.eventLoop)))
    }

    private static func context(chain: String, key: String) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(chain).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
        )
        configuration.applicationProtocols = ["h2"]
        configuration.minimumTLSVersion = .tlsv12
        return try NIOSSLContext(configuration: configuration)
    }
}
