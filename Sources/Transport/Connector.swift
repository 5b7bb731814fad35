import NIOCore
import NIOPosix
import NIOSSL

/// Opens connections and secures them.
struct Connector: Sendable {
    let origin: Origin
    let connectTimeout: TimeAmount
    /// Nil where there is no TLS.
    var secureLayer: SecureLayer?
    /// What stands between, if anything does.
    var proxy: Proxy?

    struct SecureLayer: Sendable {
        let context: NIOSSLContext
        /// The name that the certificate must have; nil where it is checked for an address.
        let serverName: String?
    }

    init(_ origin: Origin, connectTimeout: TimeAmount) {
        self.origin = origin
        self.connectTimeout = connectTimeout
    }

    /// What connects by a policy.
    init(_ origin: Origin, _ policy: TransportPolicy, applicationProtocols: [String]) throws(TransportError) {
        self.init(origin, connectTimeout: policy.connectTimeout)
        guard origin.isSecure else { return }
        var settings = TLSSettings()
        settings.trustRoots = policy.trustRoots.map { .file($0) }
        let context = try settings.context(
            for: origin,
            showsCertificate: false,
            applicationProtocols: applicationProtocols
        )
        secureLayer = SecureLayer(context: context, serverName: Self.serverName(origin))
    }

    /// Connects; `configure` adds what speaks the protocol, with a handler of the given type.
    func connect<Handler: ChannelHandler & SendableMetatype>(
        _ type: Handler.Type,
        on eventLoop: any EventLoop,
        configure: @escaping @Sendable (any Channel) throws -> Void
    ) -> EventLoopFuture<Endpoint<Handler>> {
        let (origin, secureLayer, proxy) = (origin, secureLayer, proxy)
        let secure: @Sendable (any Channel) throws -> Void = { channel in
            if let secureLayer {
                let handler = try NIOSSLClientHandler(
                    context: secureLayer.context,
                    serverHostname: secureLayer.serverName
                )
                try channel.pipeline.syncOperations.addHandler(handler)
            }
            try configure(channel)
        }
        return ClientBootstrap(group: eventLoop)
            .connectTimeout(connectTimeout)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            // A failure that is read before the handler is held would take the handler with it, and with that its reason.
            .channelOption(.autoRead, value: false)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let proxy else { return try secure(channel) }
                    let handshake = ProxyHandshake(proxy, origin, channel.eventLoop)
                    try channel.pipeline.syncOperations.addHandler(handshake)
                }
            }
            .connect(host: proxy?.host ?? origin.host, port: proxy?.port ?? origin.port)
            .flatMap { channel in
                // Behind a proxy, all else comes after the proxy's word.
                proxy == nil ? channel.eventLoop.makeSucceededFuture(channel) : Self.passProxy(channel, secure)
            }
            .flatMapThrowing { channel in
                let handler = try channel.pipeline.syncOperations.handler(type: Handler.self)
                let bound = NIOLoopBound(handler, eventLoop: channel.eventLoop)
                try channel.syncOptions?.setOption(.autoRead, value: true)
                return Endpoint(channel: channel, handler: bound)
            }
            .flatMapErrorThrowing { error in throw TransportError(connecting: error, origin) }
    }

    private static func passProxy(
        _ channel: any Channel,
        _ secure: @escaping @Sendable (any Channel) throws -> Void
    ) -> EventLoopFuture<any Channel> {
        do {
            let handshake = try channel.pipeline.syncOperations.handler(type: ProxyHandshake.self)
            let bound = NIOLoopBound(handshake, eventLoop: channel.eventLoop)
            try channel.syncOptions?.setOption(.autoRead, value: true)
            return handshake.done.flatMap {
                channel.pipeline.syncOperations.removeHandler(bound.value)
            }.flatMapThrowing {
                try secure(channel)
                return channel
            }
        } catch {
            return channel.eventLoop.makeFailedFuture(error)
        }
    }

    /// The name that the certificate must have; addresses are checked without.
    static func serverName(_ origin: Origin) -> String? {
        let isAddress = (try? SocketAddress(ipAddress: origin.host, port: origin.port)) != nil
        return isAddress ? nil : origin.host
    }
}

extension TransportError {
    /// Why a connection was not made, in few words.
    init(connecting error: any Error, _ origin: Origin) {
        switch error {
        case let error as TransportError: self = error
        case let error as NIOConnectionError:
            if let first = error.connectionErrors.first {
                self.init(connecting: first.error, origin)
            } else {
                self = .noConnection(origin, "there is no such host")
            }
        case let error as IOError: self = .noConnection(origin, Self.text(error.errnoCode))
        case ChannelError.connectTimeout: self = .noConnection(origin, "it does not answer")
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: self.init(securing: error, origin)
        case ChannelPipelineError.notFound: self = .closed(origin)
        default: self = .noConnection(origin, "\(error)")
        }
    }
}
