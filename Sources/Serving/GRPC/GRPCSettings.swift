package import NIOCore

/// How the gRPC server listens and what it allows.
package struct GRPCSettings: Sendable {
    package var host: String
    /// 0 asks the system for a free one.
    package var port: Int
    /// Bytes of one message, after decompression.
    package var maximumMessage = 64 << 20
    /// Bytes of messages that are received or answered, of all connections, where no HTTP server shares its own.
    package var maximumBuffered = 1 << 30
    package var maximumConnections = 10_000
    /// Calls of one connection at the same time.
    package var maximumStreams = 256
    /// For a call without an own `grpc-timeout`, from its first byte to its answer.
    package var requestTimeout: TimeAmount = .seconds(60)
    /// Connections of clients must show one of these as `authorization: Bearer …`; empty: anybody may.
    package var keys: [String] = []
    /// The files of a certificate chain and its key; TLS when set.
    package var certificate: (chain: String, key: String)?

    package init(host: String = "127.0.0.1", port: Int = 9000) {
        self.host = host
        self.port = port
    }

    /// The settings of the HTTP server beside it, with another port.
    package init(_ settings: ServerSettings, port: Int) {
        self.init(host: settings.host, port: port)
        maximumMessage = settings.maxBodySize
        maximumConnections = settings.maxConnections
        keys = settings.keys
        certificate = settings.certificate
        if let limit = settings.requestTimeout {
            requestTimeout = .nanoseconds(Int64(clamping: limit.nanoseconds))
        }
    }
}
