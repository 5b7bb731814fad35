import NIOCore
import NIOHTTP1
import Synchronization

/// One connection: reads requests, has them answered in their order, and writes the answers.
final class HTTPConnection: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = Never
    typealias OutboundOut = ByteBuffer

    enum State {
        /// Waiting for a request.
        case idle
        /// The body of a request comes in.
        case reading(HTTPRequest)
        case answering(Exchange)
        /// An answer was sent before the body was read; the rest of it is dropped, then the connection closed.
        case discarding
        case closed
    }

    var state = State.idle
    /// When the present state has lasted too long, by the monotonic clock.
    var deadline: UInt64 = .max
    let server: ServerCore
    let loopState: LoopState
    var context: ChannelHandlerContext?
    /// What came in while a request was being answered.
    private var pending: [HTTPServerRequestPart] = []
    private var isDraining = false
    private var holdsRead = false
    private var isDeaf = false
    var requestCount = 0
    /// Bytes of the allowance that the present request has.
    var held = 0

    init(_ server: ServerCore, _ loopState: LoopState) {
        self.server = server
        self.loopState = loopState
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        deadline = Clock.now &+ server.settings.headTimeout.nanoseconds
        loopState.add(self)
        server.connections.wrappingAdd(1, ordering: .relaxed)
    }

    func handlerRemoved(context: ChannelHandlerContext) { end() }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    /// Takes back what waits, when the client is gone.
    private func end() {
        if case .answering(let exchange) = state { abandon(exchange) }
        state = .closed
        pending = []
        release()
        if context != nil { server.connections.wrappingSubtract(1, ordering: .relaxed) }
        context = nil
        loopState.remove(self)
    }

    func read(context: ChannelHandlerContext) {
        // Who sends requests ahead of the answers has one read of them kept, not more.
        if pending.isEmpty, context.channel.isWritable || isReadingBody { context.read() } else { holdsRead = true }
    }

    private var isReadingBody: Bool {
        if case .reading = state { true } else { false }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { drain() }
        context.fireChannelWritabilityChanged()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isDeaf { return }
        pending.append(unwrapInboundIn(data))
        drain()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError, !isDeaf else { return context.close(promise: nil) }
        // Nothing that follows can be understood; what came before is answered first.
        isDeaf = true
        switch state {
        case .idle, .reading: refuse(Self.failure(error))
        case .answering, .discarding, .closed: break
        }
    }

    /// Handles what has come in, as far as answers allow.
    func drain() {
        if isDraining { return }
        isDraining = true
        defer { isDraining = false }
        var next = 0
        while next < pending.count {
            if case .answering = state { break }
            if case .idle = state, let context, !context.channel.isWritable { break }
            let part = pending[next]
            next += 1
            take(part)
        }
        // An answer may have closed the connection, and so emptied what waits.
        if next >= pending.count { pending.removeAll(keepingCapacity: true) } else { pending.removeFirst(next) }
        if pending.isEmpty, isDeaf, case .idle = state { close() }
        if pending.isEmpty, holdsRead, let context {
            holdsRead = false
            context.read()
        }
    }

    private func take(_ part: HTTPServerRequestPart) {
        switch (part, state) {
        case (.head(let head), .idle): start(head)
        case (.body(var bytes), .reading(var request)):
            let count = bytes.readableBytes
            // The copy in `state` would make appending copy all bytes.
            state = .idle
            if request.body.readableBytes == 0 { request.body = bytes } else { request.body.writeBuffer(&bytes) }
            let isTooLarge = request.body.readableBytes > server.settings.maxBodySize
            state = .reading(request)
            if isTooLarge { refuse(server.tooLarge) } else if !hold(count) { refuse(server.tooMuch) }
        case (.end, .reading(let request)): answer(request)
        case (.end, .discarding): close()
        default: break
        }
    }

    private func start(_ head: HTTPRequestHead) {
        let now = Clock.now
        let request = HTTPRequest(head, start: now)
        state = .reading(request)
        requestCount += 1
        if let failure = server.refusal(request, loopState.routes) { return refuse(failure) }
        let length = UInt64(max(0, request.fields.contentLength ?? 0))
        // Time for the body at a hundredth of a slow line's speed.
        deadline = now &+ server.settings.bodyTimeout.nanoseconds &+ length &* 20_000
        if request.fields.expectsContinue, let context {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")), promise: nil)
        }
    }

    private func answer(_ request: HTTPRequest) {
        guard let context else { return }
        let exchange = Exchange(
            request,
            connection: self,
            loop: context.eventLoop,
            timeout: server.settings.requestTimeout
        )
        state = .answering(exchange)
        deadline = .max
        loopState.inFlight += 1
        server.dispatch(exchange, loopState)
    }

    private func abandon(_ exchange: Exchange) {
        loopState.inFlight -= 1
        exchange.abandon()
        server.note(exchange, status: 499, bytes: 0, loopState)
    }

    /// Answers before the request is whole, and closes the connection after it.
    func refuse(_ failure: HTTPFailure) {
        guard let context else { return }
        if case .closed = state { return }
        if case .discarding = state { return }
        var request: HTTPRequest?
        if case .reading(let begun) = state { request = begun }
        state = .discarding
        release()
        deadline = Clock.now &+ 2_000_000_000
        var response = HTTPResponse(failure)
        server.decorate(&response, request)
        write(response, request, isLast: true, context)
        server.noteRefusal(failure, request, loopState)
        if isDeaf { close() }
    }

    /// Called once for each exchange, on the loop.
    func finish(_ exchange: Exchange, _ response: HTTPResponse) {
        guard case .answering(let current) = state, current === exchange, let context else { return }
        loopState.inFlight -= 1
        release()
        var response = response
        server.decorate(&response, exchange.request)
        let isLast =
            !exchange.request.isKeptAlive || isDeaf && pending.isEmpty || loopState.isEnding
            || server.isDraining.load(ordering: .relaxed)
        write(response, exchange.request, isLast: isLast, context)
        server.note(exchange, status: response.status, bytes: response.body.readableBytes, loopState)
        state = .idle
        deadline = Clock.now &+ server.settings.idleTimeout.nanoseconds
        if isLast {
            close()
        } else {
            drain()
        }
    }

    private func write(
        _ response: HTTPResponse,
        _ request: HTTPRequest?,
        isLast: Bool,
        _ context: ChannelHandlerContext
    ) {
        let head = loopState.head(response, request, isLast: isLast, server)
        let isWithoutBody = request?.method == .HEAD || response.status == 204
        if isWithoutBody || response.body.readableBytes == 0 {
            context.writeAndFlush(wrapOutboundOut(head), promise: nil)
        } else if response.body.readableBytes <= 16_384 {
            var whole = head
            whole.writeImmutableBuffer(response.body)
            context.writeAndFlush(wrapOutboundOut(whole), promise: nil)
        } else {
            context.write(wrapOutboundOut(head), promise: nil)
            context.writeAndFlush(wrapOutboundOut(response.body), promise: nil)
        }
        if !context.channel.isWritable {
            deadline = Clock.now &+ server.settings.bodyTimeout.nanoseconds
        }
    }

    /// Closes after what was written has gone out.
    func close() {
        guard let context else { return }
        if case .closed = state { return }
        state = .closed
        deadline = Clock.now &+ server.settings.bodyTimeout.nanoseconds
        context.writeAndFlush(wrapOutboundOut(ByteBuffer())).whenComplete {
            [loopBound = NIOLoopBound(context, eventLoop: context.eventLoop)] _ in
            loopBound.value.close(promise: nil)
        }
    }

    private static func failure(_ error: HTTPParserError) -> HTTPFailure {
        if error == .headerOverflow { return HTTPFailure(431, "the header fields are too large") }
        return HTTPFailure(400, "this is not a well-formed HTTP/1.1 request: \(error)")
    }
}
