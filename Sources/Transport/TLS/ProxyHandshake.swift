import NIOCore

/// Asks a proxy for a way to a server (RFC 9110, 9.3.6) and takes itself to be removed then.
final class ProxyHandshake: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Succeeds when the proxy has opened the way.
    let done: EventLoopFuture<Void>
    private let promise: EventLoopPromise<Void>
    private let proxy: Proxy
    private let origin: Origin
    private let timer: Scheduled<Void>
    private var received = ByteBuffer()
    private var isDone = false

    init(_ proxy: Proxy, _ origin: Origin, _ eventLoop: any EventLoop) {
        self.proxy = proxy
        self.origin = origin
        let promise = eventLoop.makePromise(of: Void.self)
        self.promise = promise
        done = promise.futureResult
        timer = eventLoop.scheduleTask(in: .seconds(30)) { promise.fail(TransportError.timeout(origin)) }
    }

    func channelActive(context: ChannelHandlerContext) {
        let host = origin.host.contains(":") ? "[\(origin.host)]" : origin.host
        let target = "\(host):\(origin.port)"
        var text = "CONNECT \(target) HTTP/1.1\r\nhost: \(target)\r\n"
        if let authorization = proxy.authorization { text += "proxy-authorization: \(authorization)\r\n" }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text + "\r\n")), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received.writeImmutableBuffer(unwrapInboundIn(data))
        let view = received.readableBytesView
        guard view.count <= 1 << 14 else { return finish(context, "the proxy's answer is too long") }
        // Nothing follows: it is the client that speaks first.
        guard view.suffix(4).elementsEqual("\r\n\r\n".utf8) else { return }
        let status = String(decoding: view.prefix { $0 != 0x0D }, as: UTF8.self).split(separator: " ")
        guard status.count >= 2, status[0].hasPrefix("HTTP/1."), let code = Int(status[1]) else {
            return finish(context, "the proxy does not speak HTTP")
        }
        if code == 407 { return finish(context, "the proxy asks for a password") }
        finish(context, (200...299).contains(code) ? nil : "the proxy answers with HTTP status \(code)")
    }

    func channelInactive(context: ChannelHandlerContext) {
        finish(context, "the proxy closed the connection")
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { finish(context, "the connection was closed") }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        finish(context, "\(TransportError(connecting: error, origin))")
    }

    private func finish(_ context: ChannelHandlerContext, _ failure: String?) {
        if isDone { return }
        isDone = true
        timer.cancel()
        guard let failure else { return promise.succeed() }
        promise.fail(TransportError.noConnection(origin, failure))
        context.close(promise: nil)
    }
}
