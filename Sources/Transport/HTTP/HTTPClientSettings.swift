package import NIOCore

/// How a client connects.
package struct HTTPClientSettings: Sendable {
    package var tls = TLSSettings()
    package var proxies = ProxySettings()
    package var connectTimeout: TimeAmount = .seconds(10)
    /// How often an answer may send to another address; with 0 it is an answer like others.
    package var maximumRedirects = 5

    package init() {}
}
