import Compression
import NIOCore
import NIOHTTP1

/// Sends a request and collects its answer; on its event loop only.
final class ClientExchange: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let origin: Origin
    private let policy: TransportPolicy
    private let eventLoop: any EventLoop
    private var context: ChannelHandlerContext?
    private var promise: EventLoopPromise<ClientResponse>?
    private var head: HTTPResponseHead?
    private var body = ByteBuffer()
    private var timer: Scheduled<Void>?
    private var failure: TransportError?

    init(_ origin: Origin, _ policy: TransportPolicy, _ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
        self.origin = origin
        self.policy = policy
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) {
        fail(.closed(origin))
        self.context = nil
    }

    func send(_ request: ClientRequest) -> EventLoopFuture<ClientResponse> {
        let promise = eventLoop.makePromise(of: ClientResponse.self)
        guard let context, self.promise == nil, failure == nil, context.channel.isActive else {
            // A connection that has ended says why.
            promise.fail(failure ?? .closed(origin))
            return promise.futureResult
        }
        self.promise = promise
        var head = HTTPRequestHead(version: .http1_1, method: request.method, uri: request.path)
        head.headers.add(name: "host", value: origin.authority)
        head.headers.add(contentsOf: request.headers)
        if let body = request.body {
            head.headers.replaceOrAdd(name: "content-length", value: "\(body.readableBytes)")
        }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if let body = request.body { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: policy.timeout) {
            bound.value.fail(.timeout(bound.value.origin))
        }
        return promise.futureResult
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = ByteBuffer()
        case .body(let piece):
            guard body.readableBytes + piece.readableBytes <= policy.maximumBody else {
                return fail(.tooLarge(origin, limit: policy.maximumBody))
            }
            if body.readableBytes == 0 { body = piece } else { body.writeImmutableBuffer(piece) }
        case .end: finish()
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case is HTTPParserError: fail(.malformed(origin, "\(error)"))
        default: fail(TransportError(connecting: error, origin))
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(.closed(origin))
        context.fireChannelInactive()
    }

    private func finish() {
        guard let head, let promise else { return }
        timer?.cancel()
        timer = nil
        self.promise = nil
        self.head = nil
        let content = Result { () throws(TransportError) in
            try decoded(body, head.headers.first(name: "content-encoding"))
        }
        body = ByteBuffer()
        if !head.isKeepAlive { context?.close(promise: nil) }
        promise.completeWith(
            content
                .map { ClientResponse(status: Int(head.status.code), headers: head.headers, body: $0) }
                .mapError { $0 as any Error }
        )
    }

    private func decoded(_ body: ByteBuffer, _ encoding: String?) throws(TransportError) -> ByteBuffer {
        let format: CompressionFormat
        switch encoding?.lowercased() {
        case "gzip", "x-gzip": format = .gzip
        case "deflate": format = .zlib
        default: return body
        }
        var result = ByteBuffer()
        do throws(CompressionError) {
            let inflater = try Inflater(format, limit: policy.maximumBody)
            let outcome = body.withUnsafeReadableBytes { bytes in
                Result { () throws(CompressionError) in try inflater.inflate(bytes) { result.writeBytes($0) } }
            }
            try outcome.get()
            try inflater.finish()
        } catch {
            throw .malformed(origin, error.description)
        }
        return result
    }

    private func fail(_ error: TransportError) {
        timer?.cancel()
        timer = nil
        guard failure == nil else { return }
        failure = error
        let promise = promise
        self.promise = nil
        context?.close(promise: nil)
        promise?.fail(error)
    }
}
