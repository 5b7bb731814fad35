import Basics
package import NIOCore
import NIOHTTP1
import Synchronization

/// A connection of WebSocket (RFC 6455), as a client has it.
package final class WebSocket: Sendable {
    package enum Message: Sendable, Hashable {
        case text(String)
        case binary(ByteBuffer)
    }

    /// What was agreed on of what was offered.
    package let subprotocol: String?
    private let stream: UpgradedStream
    private let maximumMessage: Int
    private let received = Mutex(ByteBuffer())
    private let isClosing = Atomic(false)

    init(_ stream: UpgradedStream, subprotocol: String?, maximumMessage: Int) {
        self.stream = stream
        self.subprotocol = subprotocol
        self.maximumMessage = maximumMessage
    }

    /// The next message; nil at the end. For one task at a time.
    package func next() async throws(TransportError) -> Message? {
        var message = ByteBuffer()
        var opcode: WebSocketFrame.Opcode?
        while let frame = try await nextFrame() {
            switch frame.opcode {
            case .close:
                await close()
                stream.close()
                return nil
            case .ping: try await send(WebSocketFrame(.pong, frame.payload))
            case .pong: break
            case .text, .binary, .continuation:
                guard (opcode == nil) == (frame.opcode != .continuation) else {
                    throw fault("a message within a message")
                }
                opcode = opcode ?? frame.opcode
                guard frame.payload.readableBytes <= maximumMessage - message.readableBytes else {
                    stream.close()
                    throw .tooLarge(stream.origin, limit: maximumMessage)
                }
                message.writeImmutableBuffer(frame.payload)
                if frame.isFinal { return opcode == .text ? .text(String(buffer: message)) : .binary(message) }
            }
        }
        return nil
    }

    package func send(_ message: Message) async throws(TransportError) {
        switch message {
        case .text(let text): try await send(WebSocketFrame(.text, ByteBuffer(string: text)))
        case .binary(let bytes): try await send(WebSocketFrame(.binary, bytes))
        }
    }

    /// Says that no more messages come; the other side's word for it ends ``next()``.
    package func close() async {
        if isClosing.exchange(true, ordering: .relaxed) { return }
        try? await send(WebSocketFrame(.close, ByteBuffer(bytes: [0x03, 0xE8])))
    }

    private func send(_ frame: WebSocketFrame) async throws(TransportError) {
        try await stream.write(frame.masked(with: .random(in: .min ... .max)))
    }

    private func nextFrame() async throws(TransportError) -> WebSocketFrame? {
        while true {
            let frame = received.withLock { buffer in
                Result { () throws(WebSocketFrame.Fault) in
                    try WebSocketFrame(parsing: &buffer, limit: maximumMessage)
                }
            }
            switch frame {
            case .failure(let fault): throw self.fault(fault.reason)
            case .success(let frame?): return frame
            case .success(nil): break
            }
            guard let bytes = try await stream.read() else { return nil }
            received.withLock { buffer in
                buffer.discardReadBytes()
                buffer.writeImmutableBuffer(bytes)
            }
        }
    }

    private func fault(_ reason: String) -> TransportError {
        stream.close()
        return .malformed(stream.origin, reason)
    }
}

extension HTTPClient {
    /// Opens a connection of WebSocket; `protocols` are offered in this order.
    package func webSocket(
        _ request: HTTPRequest,
        protocols: [String] = [],
        maximumMessage: Int = 1 << 24
    ) async throws(TransportError) -> WebSocket {
        let key = Base64.encode((0..<16).map { _ in UInt8.random(in: 0...255) })
        var request = request
        request.headers.replaceOrAdd(name: "sec-websocket-version", value: "13")
        request.headers.replaceOrAdd(name: "sec-websocket-key", value: key)
        if !protocols.isEmpty {
            request.headers.replaceOrAdd(name: "sec-websocket-protocol", value: protocols.joined(separator: ", "))
        }
        let stream = try await upgrade(request, to: "websocket")
        let expected = Base64.encode(SHA1.hash(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)))
        let chosen = stream.headers.first(name: "sec-websocket-protocol")
        guard stream.headers.first(name: "sec-websocket-accept") == expected,
            chosen.map(protocols.contains) ?? true
        else {
            stream.close()
            throw .malformed(stream.origin, "its WebSocket handshake is wrong")
        }
        return WebSocket(stream, subprotocol: chosen, maximumMessage: maximumMessage)
    }
}
