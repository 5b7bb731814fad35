import NIOCore

/// Takes the bytes of a channel that has changed its protocol; on its event loop only.
final class StreamExchange: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let origin: Origin
    private let eventLoop: any EventLoop
    private let inbox: Inbox
    private var context: ChannelHandlerContext?
    private var holdsRead = false

    init(_ origin: Origin, _ eventLoop: any EventLoop) {
        self.origin = origin
        self.eventLoop = eventLoop
        inbox = Inbox(eventLoop)
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        inbox.end()
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { inbox.put(unwrapInboundIn(data)) }

    func channelInactive(context: ChannelHandlerContext) {
        inbox.end()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        inbox.end(.closed(origin))
        context.close(promise: nil)
    }

    func read(context: ChannelHandlerContext) {
        if inbox.isFull { holdsRead = true } else { context.read() }
    }

    func take() -> EventLoopFuture<ByteBuffer?> {
        let piece = inbox.take()
        if holdsRead, !inbox.isFull {
            holdsRead = false
            context?.read()
        }
        return piece
    }

    func send(_ bytes: ByteBuffer) -> EventLoopFuture<Void> {
        guard let context else { return eventLoop.makeFailedFuture(TransportError.closed(origin)) }
        return context.writeAndFlush(wrapOutboundOut(bytes))
    }

    func close(_ error: TransportError?) {
        inbox.end(error)
        context?.close(promise: nil)
    }
}
