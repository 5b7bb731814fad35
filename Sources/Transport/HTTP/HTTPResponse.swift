package import NIOCore
package import NIOHTTP1

/// The start of an answer, and its body as it comes.
package struct HTTPResponse: Sendable {
    package let status: Int
    package let headers: HTTPHeaders
    /// Where it came from, after redirects.
    package let address: WebAddress
    package let body: HTTPResponseBody

    /// All of the body; an error beyond `limit` bytes.
    package func collect(upTo limit: Int) async throws(TransportError) -> ByteBuffer {
        var whole = ByteBuffer()
        while var piece = try await body.next() {
            guard piece.readableBytes <= limit - whole.readableBytes else {
                body.close()
                throw .tooLarge(address.origin, limit: limit)
            }
            if whole.readableBytes == 0 { whole = piece } else { whole.writeBuffer(&piece) }
        }
        return whole
    }

    /// Takes a body that nobody wants, so that the connection can be used again, unless that would be long.
    func discard() async {
        _ = try? await collect(upTo: 1 << 16)
    }
}

/// The pieces of an answer, in order and once.
///
/// What is not taken stays with the server. A body that is dropped before its end ends the connection, as does the
/// cancellation of the task that waits for a piece.
package final class HTTPResponseBody: AsyncSequence, Sendable {
    package typealias Element = ByteBuffer

    private let origin: Origin
    private let endpoint: Endpoint<HTTPExchange>
    private let inbox: NIOLoopBound<Inbox>

    init(_ origin: Origin, _ endpoint: Endpoint<HTTPExchange>, _ inbox: NIOLoopBound<Inbox>) {
        self.origin = origin
        self.endpoint = endpoint
        self.inbox = inbox
    }

    deinit { close() }

    /// The next piece; nil at the end.
    package func next() async throws(TransportError) -> ByteBuffer? {
        let inbox = inbox
        return try await origin.value(
            cancel: { self.close(.cancelled(self.origin)) },
            body: {
                try await self.endpoint.submit { $0.take(from: inbox.value) }.get()
            }
        )
    }

    /// Ends the connection unless the body has come to its end.
    package func close() { close(.closed(origin)) }

    private func close(_ error: TransportError) {
        let inbox = inbox
        endpoint.execute { $0.abandon(inbox.value, error) }
    }

    package struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let body: HTTPResponseBody

        package mutating func next() async throws(TransportError) -> ByteBuffer? { try await body.next() }

        package mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(TransportError) -> ByteBuffer? {
            try await body.next()
        }
    }

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(body: self) }
}

extension Origin {
    /// Waits for work on this server's connection; whatever goes wrong is a `TransportError`.
    func value<Value: Sendable>(
        cancel: @escaping @Sendable () -> Void,
        body: @Sendable () async throws -> Value
    ) async throws(TransportError) -> Value {
        do {
            return try await withTaskCancellationHandler {
                if Task.isCancelled { throw TransportError.cancelled(self) }
                return try await body()
            } onCancel: {
                cancel()
            }
        } catch let error as TransportError {
            throw error
        } catch {
            throw TransportError(connecting: error, self)
        }
    }
}
