import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization
import Transport

/// A server of HTTP whose answers a test gives, and that remembers what it was asked.
final class AnsweringServer: Sendable {
    struct Request: Sendable {
        let method: HTTPMethod
        let path: String
        let headers: HTTPHeaders
        let body: [UInt8]
    }

    struct Answer: Sendable {
        var status = 200
        var headers: [(String, String)] = []
        var body: [UInt8] = []
        /// Ends the connection without an answer.
        var hangsUp = false

        static func text(_ text: String, status: Int = 200, _ headers: [(String, String)] = []) -> Answer {
            Answer(status: status, headers: headers, body: Array(text.utf8))
        }
    }

    /// What a request is answered with, the first being number 1.
    struct Replies: Sendable {
        let answer: @Sendable (Request, Int) -> Answer

        init(_ answer: @escaping @Sendable (Request, Int) -> Answer) {
            self.answer = answer
        }
    }

    let origin: Origin
    private let channel: any Channel
    private let seen: Mutex<[Request]>
    private let connections: Mutex<Int>

    var requests: [Request] { seen.withLock { $0 } }
    var connectionCount: Int { connections.withLock { $0 } }

    func address(_ path: String) throws -> WebAddress { try WebAddress(origin: origin, path: path) }

    private init(_ origin: Origin, _ channel: any Channel, _ state: State) {
        self.origin = origin
        self.channel = channel
        seen = Mutex([])
        connections = Mutex(0)
        state.server.withLock { $0 = self }
    }

    private final class State: Sendable {
        let server = Mutex<AnsweringServer?>(nil)
    }

    static func with(
        tls: NIOSSLContext? = nil,
        name: String = "127.0.0.1",
        _ replies: Replies,
        _ test: (AnsweringServer) async throws -> Void
    ) async throws {
        let state = State()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                state.server.withLock { $0 }?.connections.withLock { $0 += 1 }
                return channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
                    try pipeline.configureHTTPServerPipeline()
                    try pipeline.addHandler(
                        Handler { request in
                            guard let server = state.server.withLock({ $0 }) else { return Answer(hangsUp: true) }
                            let count = server.seen.withLock { seen in
                                seen.append(request)
                                return seen.count
                            }
                            return replies.answer(request, count)
                        }
                    )
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let origin = Origin(isSecure: tls != nil, host: name, port: channel.localAddress?.port ?? 0)
        let server = AnsweringServer(origin, channel, state)
        let result: Result<Void, any Error>
        do {
            result = .success(try await test(server))
        } catch {
            result = .failure(error)
        }
        state.server.withLock { $0 = nil }
        try await channel.close()
        try result.get()
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let answer: @Sendable (Request) -> Answer
        private var head: HTTPRequestHead?
        private var body: [UInt8] = []

        init(_ answer: @escaping @Sendable (Request) -> Answer) {
            self.answer = answer
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                self.head = head
                body = []
                if head.headers.contains(name: "expect") {
                    let go = HTTPResponseHead(version: .http1_1, status: .continue)
                    context.writeAndFlush(wrapOutboundOut(.head(go)), promise: nil)
                }
            case .body(let piece): body += Array(piece.readableBytesView)
            case .end:
                guard let head else { return }
                let request = Request(method: head.method, path: head.uri, headers: head.headers, body: body)
                let answer = answer(request)
                if answer.hangsUp { return context.close(promise: nil) }
                var headers = HTTPHeaders(answer.headers)
                if head.method != .HEAD { headers.replaceOrAdd(name: "content-length", value: "\(answer.body.count)") }
                let response = HTTPResponseHead(
                    version: .http1_1,
                    status: HTTPResponseStatus(statusCode: answer.status),
                    headers: headers
                )
                context.write(wrapOutboundOut(.head(response)), promise: nil)
                if head.method != .HEAD {
                    context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: answer.body)))), promise: nil)
                }
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            }
        }
    }
}
