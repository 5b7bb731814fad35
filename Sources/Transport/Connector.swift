import NIOCore
import NIOPosix
import NIOSSL

/// Opens connections and secures them.
struct Connector: Sendable {
    let origin: Origin
    let policy: TransportPolicy
    let applicationProtocols: [String]

    /// Connects; `configure` adds what speaks the protocol.
    func connect(
        on eventLoop: any EventLoop,
        configure: @escaping @Sendable (any Channel) throws -> Void
    ) -> EventLoopFuture<any Channel> {
        let tls: NIOSSLContext?
        do {
            tls = try origin.isSecure ? context() : nil
        } catch {
            let failure = TransportError.noConnection(origin, "its certificates cannot be checked: \(error)")
            return eventLoop.makeFailedFuture(failure)
        }
        let origin = origin
        return ClientBootstrap(group: eventLoop)
            .connectTimeout(policy.connectTimeout)
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        let handler = try NIOSSLClientHandler(context: tls, serverHostname: Self.serverName(origin))
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                    try configure(channel)
                }
            }
            .connect(host: origin.host, port: origin.port)
            .flatMapErrorThrowing { error in throw TransportError(connecting: error, origin) }
    }

    private func context() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.applicationProtocols = applicationProtocols
        if let file = policy.trustRoots { configuration.trustRoots = .file(file) }
        return try NIOSSLContext(configuration: configuration)
    }

    /// The name that the certificate must have; addresses are checked without.
    private static func serverName(_ origin: Origin) -> String? {
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
        case let error as NIOSSLError: self = .noConnection(origin, "TLS: \(error)")
        case let error as BoringSSLError: self = .noConnection(origin, "TLS: \(error)")
        default: self = .noConnection(origin, "\(error)")
        }
    }
}
