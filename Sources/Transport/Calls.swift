import NIOCore
import NIOHPACK
import NIOHTTP2

/// The calls of one connection; on its event loop only.
final class Calls: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame
    typealias OutboundOut = HTTP2Frame

    static let windowSize = 8 << 20

    private struct Call {
        let promise: EventLoopPromise<CallOutcome>
        let timer: Scheduled<Void>
        var received = ByteBuffer()
        var httpStatus = "200"
        var status: Int?
        var text = ""
        var usedWindow = 0
    }

    private let origin: Origin
    private let policy: TransportPolicy
    private let eventLoop: any EventLoop
    private var context: ChannelHandlerContext?
    private var calls: [HTTP2StreamID: Call] = [:]
    private var nextID = HTTP2StreamID(1)
    private var usedWindow = 0
    private var needsFlush = false
    private var failure: TransportError?

    init(_ origin: Origin, _ policy: TransportPolicy, _ eventLoop: any EventLoop) {
        self.origin = origin
        self.policy = policy
        self.eventLoop = eventLoop
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        fail(.closed(origin))
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        write(.rootStream, .windowUpdate(windowSizeIncrement: Self.windowSize - 65535))
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(.closed(origin))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is NIOHTTP2Errors.StreamError { return }
        fail(error is any NIOHTTP2Error ? .malformed(origin, "\(error)") : TransportError(connecting: error, origin))
    }

    func call(
        _ path: String,
        _ message: ByteBuffer,
        _ metadata: [(String, String)],
        _ timeout: TimeAmount?
    ) -> EventLoopFuture<CallOutcome> {
        let promise = eventLoop.makePromise(of: CallOutcome.self)
        guard failure == nil, context?.channel.isActive == true, Int(nextID) < Int(Int32.max) - 2 else {
            promise.fail(failure ?? .closed(origin))
            return promise.futureResult
        }
        let id = nextID
        nextID = nextID.advanced(by: 2)
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        // The server's own word that the time is over comes first.
        let limit = timeout.map { $0 + .seconds(1) } ?? policy.timeout
        let timer = eventLoop.scheduleTask(in: limit) { bound.value.giveUp(id) }
        calls[id] = Call(promise: promise, timer: timer)
        var headers: HPACKHeaders = [
            ":method": "POST", ":scheme": origin.isSecure ? "https" : "http", ":path": path,
            ":authority": origin.authority, "content-type": "application/grpc", "te": "trailers",
        ]
        if let timeout { headers.add(name: "grpc-timeout", value: Self.text(timeout)) }
        for (name, value) in metadata { headers.add(name: name, value: value) }
        var frame = ByteBuffer()
        frame.reserveCapacity(message.readableBytes + 5)
        frame.writeInteger(UInt8(0))
        frame.writeInteger(UInt32(truncatingIfNeeded: message.readableBytes))
        frame.writeImmutableBuffer(message)
        write(id, .headers(.init(headers: headers)))
        write(id, .data(.init(data: .byteBuffer(frame), endStream: true)))
        flushSoon()
        return promise.futureResult
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        switch frame.payload {
        case .headers(let headers):
            guard var call = calls.removeValue(forKey: frame.streamID) else { return }
            for (name, value, _) in headers.headers {
                switch name {
                case ":status": call.httpStatus = value
                case "grpc-status": call.status = Int(value)
                case "grpc-message": call.text = Self.decoded(value)
                default: break
                }
            }
            calls[frame.streamID] = call
            if headers.endStream { finish(frame.streamID) }
        case .data(let data): receive(data, frame.streamID)
        case .rstStream(let code):
            finish(frame.streamID, .malformed(origin, "the call was reset (\(code))"))
        case .goAway(let last, let code, _):
            for id in Array(calls.keys) where id > last {
                finish(id, .malformed(origin, "the server takes no more calls (\(code))"))
            }
        default: break
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.flush()
        context.fireChannelReadComplete()
    }

    private func receive(_ data: HTTP2Frame.FramePayload.Data, _ id: HTTP2StreamID) {
        guard case .byteBuffer(let piece) = data.data else { return }
        let count = piece.readableBytes + (data.paddingBytes.map { $0 + 1 } ?? 0)
        usedWindow += count
        if usedWindow > Self.windowSize / 2 {
            write(.rootStream, .windowUpdate(windowSizeIncrement: usedWindow))
            usedWindow = 0
        }
        // Taken out, so that its buffer is not copied.
        guard var call = calls.removeValue(forKey: id) else { return }
        if call.received.readableBytes == 0 {
            call.received = piece
        } else {
            call.received.writeImmutableBuffer(piece)
        }
        call.usedWindow += count
        if call.usedWindow > Self.windowSize / 2, !data.endStream {
            write(id, .windowUpdate(windowSizeIncrement: call.usedWindow))
            call.usedWindow = 0
        }
        let isTooLarge = call.received.readableBytes > policy.maximumBody
        calls[id] = call
        if isTooLarge {
            write(id, .rstStream(.cancel))
            finish(id, .tooLarge(origin, limit: policy.maximumBody))
        } else if data.endStream {
            finish(id)
        }
    }

    /// Flushes once for all calls that are made at the same time: each flush looks at all calls that wait.
    private func flushSoon() {
        if needsFlush { return }
        needsFlush = true
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        eventLoop.execute {
            bound.value.needsFlush = false
            bound.value.context?.flush()
        }
    }

    private func finish(_ id: HTTP2StreamID, _ error: TransportError? = nil) {
        guard var call = calls.removeValue(forKey: id) else { return }
        call.timer.cancel()
        if let error { return call.promise.fail(error) }
        guard let status = call.status else {
            return call.promise.fail(TransportError.malformed(origin, "it is no gRPC (HTTP status \(call.httpStatus))"))
        }
        var message = ByteBuffer()
        if status == 0 {
            guard call.received.readInteger(as: UInt8.self) == 0,
                let length = call.received.readInteger(as: UInt32.self),
                Int(length) == call.received.readableBytes
            else { return call.promise.fail(TransportError.malformed(origin, "its message is not complete")) }
            message = call.received
        }
        call.promise.succeed(CallOutcome(status: status, text: call.text, message: message))
    }

    private func giveUp(_ id: HTTP2StreamID) {
        guard calls[id] != nil else { return }
        write(id, .rstStream(.cancel))
        context?.flush()
        finish(id, .timeout(origin))
    }

    private func fail(_ error: TransportError) {
        guard failure == nil else { return }
        failure = error
        for id in Array(calls.keys) { finish(id, error) }
        context?.close(promise: nil)
    }

    private func write(_ id: HTTP2StreamID, _ payload: HTTP2Frame.FramePayload) {
        context?.write(wrapOutboundOut(HTTP2Frame(streamID: id, payload: payload)), promise: nil)
    }

    /// `grpc-timeout`: eight digits at most.
    private static func text(_ timeout: TimeAmount) -> String {
        let microseconds = max(1, timeout.nanoseconds / 1000)
        return microseconds < 100_000_000 ? "\(microseconds)u" : "\(min(microseconds / 1_000_000, 99_999_999))S"
    }

    /// Brings percent-encoded bytes back.
    private static func decoded(_ text: String) -> String {
        var result: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                result.append(value)
                rest = rest.dropFirst(2)
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
