/// How a server listens.
package struct ServerSettings: Sendable {
    package var host: String
    /// 0 asks the system for a free one.
    package var port: Int

    package init(host: String = "127.0.0.1", port: Int = 3000) {
        self.host = host
        self.port = port
    }
}
