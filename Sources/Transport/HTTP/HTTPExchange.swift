import NIOCore
import NIOHTTP1

/// Sends requests one after another and hands on their answers as they are taken; on its event loop only.
final class HTTPExchange: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundIn = HTTPClientRequestPart
    typealias OutboundOut = HTTPClientRequestPart

    /// Tells a request from those before and after it on the same connection.
    final class Ticket: Sendable {}

    /// What is known of the request that is under way.
    private struct Turn {
        let ticket: Ticket
        let inbox: Inbox
        let head: EventLoopPromise<HTTPResponseHead>
        let idleTimeout: TimeAmount?
        var deadline: Scheduled<Void>?
        var idle: Scheduled<Void>?
        var lastByte = NIODeadline.now()
        /// A piece of the body on its way, or the wait for the word to send it.
        var sending: EventLoopPromise<Bool>?
        var isSent = false
        var isAnswered = false
        var isKeptAlive = false
        /// Called when the connection is free again.
        let release: @Sendable () -> Void
    }

    let origin: Origin
    private let eventLoop: any EventLoop
    private var context: ChannelHandlerContext?
    private var turn: Turn?
    private var failure: TransportError?
    private var holdsRead = false
    private var upgrade: ((ChannelHandlerContext) -> Void)?

    init(_ origin: Origin, _ eventLoop: any EventLoop) {
        self.origin = origin
        self.eventLoop = eventLoop
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        fail(.closed(origin))
        self.context = nil
    }

    // MARK: Sending

    /// What the caller of a request waits for.
    struct Answer: Sendable {
        let head: EventLoopFuture<HTTPResponseHead>
        let inbox: NIOLoopBound<Inbox>
    }

    /// Starts a request; its body follows unless it is given here.
    func start(
        _ head: HTTPRequestHead,
        _ request: HTTPRequest,
        whole body: ByteBuffer?,
        _ ticket: Ticket,
        release: @escaping @Sendable () -> Void
    ) -> EventLoopFuture<Answer> {
        guard let context, turn == nil, failure == nil, context.channel.isActive else {
            return eventLoop.makeFailedFuture(failure ?? .closed(origin))
        }
        var turn = Turn(
            ticket: ticket,
            inbox: Inbox(eventLoop),
            head: eventLoop.makePromise(of: HTTPResponseHead.self),
            idleTimeout: request.idleTimeout,
            release: release
        )
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        turn.deadline = request.totalTimeout.map { limit in
            eventLoop.scheduleTask(in: limit) { bound.value.fail(.timeout(bound.value.origin)) }
        }
        let answer = Answer(head: turn.head.futureResult, inbox: NIOLoopBound(turn.inbox, eventLoop: eventLoop))
        let isWhole = body != nil || request.body == nil
        turn.isSent = isWhole
        self.turn = turn
        watchIdleness()
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if let body, body.readableBytes > 0 { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
        if isWhole { context.write(wrapOutboundOut(.end(nil)), promise: nil) }
        context.flush()
        return eventLoop.makeSucceededFuture(answer)
    }

    /// Waits for `100 Continue`, a second at most; false when there is an answer already.
    func awaitContinue() -> EventLoopFuture<Bool> {
        guard let promise = startSending() else { return eventLoop.makeSucceededFuture(false) }
        let timer = eventLoop.scheduleTask(in: .seconds(1)) { promise.succeed(true) }
        promise.futureResult.whenComplete { _ in timer.cancel() }
        return promise.futureResult
    }

    /// Sends a piece of the body; false when there is an answer already, and no more is to be sent.
    func send(_ piece: ByteBuffer) -> EventLoopFuture<Bool> {
        guard let context, let promise = startSending() else { return eventLoop.makeSucceededFuture(false) }
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(piece)))).whenComplete { result in
            bound.value.turn?.lastByte = .now()
            switch result {
            case .success: promise.succeed(true)
            // The other side may have answered before it stopped listening.
            case .failure: promise.succeed(false)
            }
        }
        return promise.futureResult
    }

    /// Ends the body.
    func finishSending() {
        guard let context, turn != nil, turn?.isAnswered == false else { return }
        turn?.isSent = true
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    private func startSending() -> EventLoopPromise<Bool>? {
        guard turn != nil, turn?.isAnswered == false, failure == nil else { return nil }
        let promise = eventLoop.makePromise(of: Bool.self)
        turn?.sending = promise
        return promise
    }

    // MARK: Receiving

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard turn != nil else {
            // A server that speaks without being asked.
            return fail(.malformed(origin, "it was not asked for"))
        }
        turn?.lastByte = .now()
        switch unwrapInboundIn(data) {
        case .head(let head) where head.status.code == 100: turn?.sending?.succeed(true)
        case .head(let head) where (102...199).contains(head.status.code): break
        case .head(let head):
            turn?.isAnswered = true
            turn?.isKeptAlive = head.isKeepAlive
            turn?.sending?.succeed(false)
            if head.status.code != 101 { upgrade = nil }
            turn?.head.succeed(head)
        case .body(let piece): turn?.inbox.put(piece)
        case .end: finish(context)
        }
    }

    private func finish(_ context: ChannelHandlerContext) {
        guard let turn else { return }
        self.turn = nil
        turn.deadline?.cancel()
        turn.idle?.cancel()
        if let upgrade {
            self.upgrade = nil
            // From here on the channel is another handler's.
            failure = .closed(origin)
            upgrade(context)
        } else if turn.isKeptAlive, turn.isSent, context.channel.isActive {
            turn.release()
        } else {
            failure = .closed(origin)
            context.close(promise: nil)
        }
        turn.inbox.end()
        resumeReading()
    }

    /// Sets what happens to the channel when the server says 101; nothing else may be read of it then.
    func onUpgrade(_ body: @escaping (ChannelHandlerContext) -> Void) { upgrade = body }

    func take(from inbox: Inbox) -> EventLoopFuture<ByteBuffer?> {
        let piece = inbox.take()
        turn?.lastByte = .now()
        resumeReading()
        return piece
    }

    /// Holds reads of the channel back while the answer's pieces are not taken.
    func read(context: ChannelHandlerContext) {
        if turn?.inbox.isFull == true { holdsRead = true } else { context.read() }
    }

    private func resumeReading() {
        guard holdsRead, turn?.inbox.isFull != true else { return }
        holdsRead = false
        context?.read()
    }

    // MARK: Failing

    /// Ends the connection if the answer that an inbox is for has not come to its end.
    func abandon(_ inbox: Inbox, _ error: TransportError) {
        if turn?.inbox === inbox { fail(error) }
    }

    /// Ends the connection if a request is under way on it.
    func abandon(_ ticket: Ticket, _ error: TransportError) {
        if turn?.ticket === ticket { fail(error) }
    }

    private func fail(_ error: TransportError) {
        guard failure == nil else { return }
        failure = error
        if let turn {
            self.turn = nil
            turn.deadline?.cancel()
            turn.idle?.cancel()
            turn.sending?.succeed(false)
            turn.head.fail(error)
            turn.inbox.end(error)
        }
        context?.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case HTTPParserError.invalidEOFState: fail(.closed(origin))
        case is HTTPParserError, is NIOHTTPDecoderError: fail(.malformed(origin, "\(error)"))
        default:
            let error = TransportError(connecting: error, origin)
            // Broken off in the middle is something else than not there at all.
            if case .noConnection = error { fail(.closed(origin)) } else { fail(error) }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(.closed(origin))
        context.fireChannelInactive()
    }

    /// Looks from time to time whether something still moves.
    private func watchIdleness() {
        guard let turn, let limit = turn.idleTimeout else { return }
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        self.turn?.idle = eventLoop.scheduleTask(deadline: turn.lastByte + limit) {
            let exchange = bound.value
            guard let turn = exchange.turn else { return }
            // Pieces that are not taken are no fault of the server.
            if turn.inbox.isUntaken { exchange.turn?.lastByte = .now() }
            if turn.lastByte + limit <= .now(), !turn.inbox.isUntaken {
                exchange.fail(.timeout(exchange.origin))
            } else {
                exchange.watchIdleness()
            }
        }
    }
}
