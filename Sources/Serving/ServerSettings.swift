/// How a server listens and what it allows.
package struct ServerSettings: Sendable {
    package var host: String
    /// 0 asks the system for a free one.
    package var port: Int
    /// Event loops.
    package var threads = 1
    package var backlog: Int32 = 2048
    package var maxBodySize = 64 << 20
    /// Bytes of all requests that are received or answered.
    package var maxBuffered = 1 << 30
    package var maxConnections = 10_000
    /// For the head of the first request of a connection.
    package var headTimeout: Duration = .seconds(10)
    /// For the body of a request, besides the time that a slow line needs; and for a client to take its answer.
    package var bodyTimeout: Duration = .seconds(30)
    /// How long a connection may stay without a request.
    package var idleTimeout: Duration = .seconds(75)
    /// How long an answer may take.
    package var requestTimeout: Duration? = .seconds(60)
    /// Without one of these, requests are refused; empty lets everybody in.
    package var keys: [String] = []
    /// Origins of pages that may use the server; `*` for all.
    package var origins: [String] = []
    /// The files of the certificate chain and its key.
    package var certificate: (chain: String, key: String)?

    package init(host: String = "127.0.0.1", port: Int = 3000) {
        self.host = host
        self.port = port
    }
}
