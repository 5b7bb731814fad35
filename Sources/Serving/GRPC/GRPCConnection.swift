import Inference
import NIOCore
import NIOHPACK
import NIOHTTP2

/// One client's connection: all its calls, without a channel for each.
///
/// Used on its event loop only.
final class GRPCConnection: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame
    typealias OutboundOut = HTTP2Frame

    let core: GRPCCore
    let shared: GRPCLoop
    var context: ChannelHandlerContext?
    var streams: [HTTP2StreamID: GRPCStream] = [:]
    var lastStream = HTTP2StreamID.rootStream
    var drain = Drain.none
    private var usedWindow = 0
    private var isReading = false
    private var needsFlush = false
    private var timer: (at: NIODeadline, task: Scheduled<Void>)?
    private var greeting: Scheduled<Void>?

    init(_ core: GRPCCore, _ shared: GRPCLoop) {
        self.core = core
        self.shared = shared
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        // A client that says nothing at all does not keep its place.
        greeting = context.eventLoop.scheduleTask(in: .seconds(10)) { bound.value.context?.close(promise: nil) }
        if context.channel.isActive { openWindow() }
    }

    func channelActive(context: ChannelHandlerContext) {
        openWindow()
        context.fireChannelActive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end()
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        isReading = true
        let frame = unwrapInboundIn(data)
        switch frame.payload {
        case .headers(let headers): open(frame.streamID, headers)
        case .data(let data): receive(data, frame.streamID)
        case .ping(_, let isAnswer):
            if isAnswer { clientKnowsOfEnd() }
        case .settings:
            greeting?.cancel()
            greeting = nil
        default: break
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isReading = false
        if needsFlush {
            needsFlush = false
            context.flush()
        }
        context.fireChannelReadComplete()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case let event as StreamClosedEvent:
            remove(event.streamID)
            endIfDrained()
        case is ChannelShouldQuiesceEvent: startDrain()
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The fault of one call has been answered by a reset of its stream.
        if error is NIOHTTP2Errors.StreamError { return }
        context.close(promise: nil)
    }

    /// Writes a frame that goes out with the next flush.
    func write(_ id: HTTP2StreamID, _ payload: HTTP2Frame.FramePayload, promise: EventLoopPromise<Void>? = nil) {
        context?.write(wrapOutboundOut(HTTP2Frame(streamID: id, payload: payload)), promise: promise)
        if needsFlush { return }
        needsFlush = true
        if isReading { return }
        // Answers that are ready at the same time go out together.
        guard let context else { return }
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        context.eventLoop.execute {
            let connection = bound.value
            guard connection.needsFlush, !connection.isReading else { return }
            connection.needsFlush = false
            connection.context?.flush()
        }
    }

    private func end() {
        greeting?.cancel()
        timer?.task.cancel()
        for id in Array(streams.keys) { remove(id) }
    }
}

extension GRPCConnection {
    /// Bytes that a client may send ahead, for all calls and for each.
    static let windowSize = 4 << 20
    static let streamWindowSize = 1 << 20

    private func openWindow() {
        write(.rootStream, .windowUpdate(windowSizeIncrement: Self.windowSize - 65535))
    }

    /// Gives back the window for received bytes, in large steps.
    func giveWindow(_ count: Int, _ stream: GRPCStream?) {
        usedWindow += count
        if usedWindow >= Self.windowSize / 2 {
            write(.rootStream, .windowUpdate(windowSizeIncrement: usedWindow))
            usedWindow = 0
        }
        guard let stream, stream.state == .receiving else { return }
        stream.usedWindow += count
        if stream.usedWindow >= Self.streamWindowSize / 2 {
            write(stream.id, .windowUpdate(windowSizeIncrement: stream.usedWindow))
            stream.usedWindow = 0
        }
    }

    /// Sees to it that calls are given up in time.
    func watch(_ expiry: NIODeadline) {
        if let timer {
            if timer.at <= expiry { return }
            timer.task.cancel()
        }
        guard let eventLoop = context?.eventLoop else { return }
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        timer = (expiry, eventLoop.scheduleTask(deadline: expiry) { bound.value.expire() })
    }

    private func expire() {
        timer = nil
        let now = NIODeadline.now()
        for stream in Array(streams.values) where stream.expiry <= now {
            if stream.state == .answered {
                write(stream.id, .rstStream(.cancel))
            } else {
                fail(stream, GRPCStatus(.deadlineExceeded, "no answer within the time limit"))
            }
        }
        if let next = streams.values.map(\.expiry).min() { watch(max(next, now + .milliseconds(1))) }
    }
}
