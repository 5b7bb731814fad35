/// The server that an address leads to.
package struct Origin: Sendable, Hashable, CustomStringConvertible {
    package let isSecure: Bool
    package let host: String
    package let port: Int

    package init(isSecure: Bool, host: String, port: Int) {
        self.isSecure = isSecure
        self.host = host
        self.port = port
    }

    package var description: String { "\(isSecure ? "https" : "http")://\(authority)" }

    /// The host, and the port unless it is the usual one, as the `host` field has it.
    package var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }
}
