package import NIOCore

/// What a client allows a server.
package struct TransportPolicy: Sendable {
    package var connectTimeout: TimeAmount = .seconds(10)
    /// From sending a request to the end of its answer.
    package var timeout: TimeAmount = .seconds(60)
    /// Bytes of an answer.
    package var maximumBody = 1 << 30
    /// A file with certificates to trust in place of the system's.
    package var trustRoots: String?

    package init() {}
}
