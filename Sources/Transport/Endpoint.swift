import NIOCore

/// A channel and the handler at its end, which is used on the channel's event loop only.
struct Endpoint<Handler: AnyObject>: Sendable {
    let channel: any Channel
    let handler: NIOLoopBound<Handler>

    var eventLoop: any EventLoop { channel.eventLoop }

    /// Asks the handler, at once where this is its event loop.
    func submit<Answer: Sendable>(
        _ body: @escaping @Sendable (Handler) -> EventLoopFuture<Answer>
    ) -> EventLoopFuture<Answer> {
        if eventLoop.inEventLoop { return body(handler.value) }
        let handler = handler
        return eventLoop.flatSubmit { body(handler.value) }
    }

    /// Tells the handler.
    func execute(_ body: @escaping @Sendable (Handler) -> Void) {
        if eventLoop.inEventLoop { return body(handler.value) }
        let handler = handler
        eventLoop.execute { body(handler.value) }
    }
}
