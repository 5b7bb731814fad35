import NIOCore
import NIOHTTP1

/// A connection of a client's pool, with one request at a time.
final class HTTPConnection: Sendable {
    let origin: Origin
    let endpoint: Endpoint<HTTPExchange>

    private init(_ origin: Origin, _ endpoint: Endpoint<HTTPExchange>) {
        self.origin = origin
        self.endpoint = endpoint
    }

    static func connect(_ connector: Connector, on eventLoop: any EventLoop) -> EventLoopFuture<HTTPConnection> {
        let origin = connector.origin
        return connector.connect(HTTPExchange.self, on: eventLoop) { channel in
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(HTTPRequestEncoder(), name: Self.encoder)
            let decoder = HTTPResponseDecoder(
                leftOverBytesStrategy: .forwardBytes,
                informationalResponseStrategy: .forward
            )
            try pipeline.addHandler(ByteToMessageHandler(decoder), name: Self.decoder)
            try pipeline.addHandler(HTTPExchange(origin, channel.eventLoop))
        }.map { HTTPConnection(origin, $0) }
    }

    static let encoder = "http-encoder"
    static let decoder = "http-decoder"

    var isOpen: Bool { endpoint.channel.isActive }

    var eventLoop: any EventLoop { endpoint.eventLoop }

    func close() { endpoint.channel.close(promise: nil) }

    /// Sends a request and its body, and waits for the head of the answer.
    func send(
        _ request: HTTPRequest,
        release: @escaping @Sendable () -> Void
    ) async throws(TransportError) -> HTTPResponse {
        let head = Self.head(request)
        let origin = origin
        let ticket = HTTPExchange.Ticket()
        return try await origin.value(
            cancel: { self.endpoint.execute { $0.abandon(ticket, .cancelled(origin)) } },
            body: {
                var whole: ByteBuffer?
                if case .bytes(let bytes)? = request.body, !request.expectsContinue { whole = bytes }
                let body = whole
                let answer = try await self.endpoint.submit {
                    $0.start(head, request, whole: body, ticket, release: release)
                }.get()
                do {
                    if whole == nil, let body = request.body { try await self.send(body, request.expectsContinue) }
                    let head = try await answer.head.get()
                    return HTTPResponse(
                        status: Int(head.status.code),
                        headers: head.headers,
                        address: request.address,
                        body: HTTPResponseBody(origin, self.endpoint, answer.inbox)
                    )
                } catch {
                    let failure = TransportError(connecting: error, origin)
                    self.endpoint.execute { $0.abandon(ticket, failure) }
                    throw failure
                }
            }
        )
    }

    private static func head(_ request: HTTPRequest) -> HTTPRequestHead {
        var head = HTTPRequestHead(version: .http1_1, method: request.method, uri: request.address.path)
        head.headers.add(name: "host", value: request.address.origin.authority)
        head.headers.add(contentsOf: request.headers)
        if let body = request.body {
            head.headers.replaceOrAdd(name: "content-length", value: "\(body.length)")
            if request.expectsContinue { head.headers.add(name: "expect", value: "100-continue") }
        } else if [.POST, .PUT, .PATCH].contains(request.method) {
            head.headers.replaceOrAdd(name: "content-length", value: "0")
        }
        return head
    }

    private func send(_ body: HTTPBody, _ waits: Bool) async throws {
        if waits, try await !endpoint.submit({ $0.awaitContinue() }).get() { return }
        switch body {
        case .bytes(let bytes): if try await !endpoint.submit({ $0.send(bytes) }).get() { return }
        case .file(let path, let offset, let length):
            let file = try BodyFile(path, offset: offset, length: length)
            while let piece = try await file.next() {
                if try await !endpoint.submit({ $0.send(piece) }).get() { return }
            }
        }
        endpoint.execute { $0.finishSending() }
    }
}
