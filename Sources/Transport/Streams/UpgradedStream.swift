package import NIOCore
package import NIOHTTP1

/// A connection that has changed its protocol: bytes in both directions.
package final class UpgradedStream: Sendable {
    /// Of the answer that made the change.
    package let headers: HTTPHeaders
    let origin: Origin
    private let endpoint: Endpoint<StreamExchange>

    init(_ origin: Origin, _ headers: HTTPHeaders, _ endpoint: Endpoint<StreamExchange>) {
        self.origin = origin
        self.headers = headers
        self.endpoint = endpoint
    }

    deinit { close() }

    /// The next bytes; nil when the other side has ended.
    package func read() async throws(TransportError) -> ByteBuffer? {
        try await origin.value(
            cancel: { self.close(.cancelled(self.origin)) },
            body: {
                try await self.endpoint.submit { $0.take() }.get()
            }
        )
    }

    /// Writes bytes and waits until the system has them.
    package func write(_ bytes: ByteBuffer) async throws(TransportError) {
        try await origin.value(
            cancel: { self.close(.cancelled(self.origin)) },
            body: {
                try await self.endpoint.submit { $0.send(bytes) }.get()
            }
        )
    }

    package func close() { close(nil) }

    private func close(_ error: TransportError?) {
        endpoint.execute { $0.close(error) }
    }
}
