import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A server of this machine whose answers a test gives, and that notes what it is asked.
final class TestServer: Sendable {
    struct Request: Sendable {
        let method: HTTPMethod
        let target: String
        let headers: HTTPHeaders
        let body: [UInt8]

        var path: String { String(target.prefix { $0 != "?" }) }

        /// The fields of the query, or of a form in the body.
        var fields: [String: [String]] {
            let isForm = headers.first(name: "content-type") == "application/x-www-form-urlencoded"
            let text = isForm ? String(decoding: body, as: UTF8.self) : String(target.drop { $0 != "?" }.dropFirst())
            return text.split(separator: "&").reduce(into: [:]) { fields, pair in
                let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
                fields[parts[0], default: []].append(Self.decoded(parts.count > 1 ? parts[1] : ""))
            }
        }

        private static func decoded(_ text: String) -> String {
            var bytes: [UInt8] = []
            var rest = Array(text.utf8)[...]
            while let byte = rest.popFirst() {
                if byte == UInt8(ascii: "%"),
                    let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
                {
                    bytes.append(value)
                    rest = rest.dropFirst(2)
                } else {
                    bytes.append(byte)
                }
            }
            return String(decoding: bytes, as: UTF8.self)
        }

        var authorization: String? { headers.first(name: "authorization") }
    }

    struct Answer: Sendable {
        var status = 200
        var headers: [(String, String)] = []
        var body: [UInt8] = []
        /// Ends the connection without an answer.
        var hangsUp = false

        static func json(_ text: String) -> Answer { Answer(body: Array(text.utf8)) }
    }

    typealias Answers = @Sendable (Request) -> Answer

    /// Host and port.
    let host: String
    private let channel: any Channel
    private let log: Log

    private final class Log: Sendable {
        let requests = Mutex<[Request]>([])
    }

    var requests: [Request] { log.requests.withLock { $0 } }

    /// The method and target of each request.
    var lines: [String] { requests.map { "\($0.method.rawValue) \($0.target)" } }

    private init(_ answers: @escaping Answers) async throws {
        let log = Log()
        self.log = log
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(
                        Handler { request in
                            log.requests.withLock { $0.append(request) }
                            return answers(request)
                        }
                    )
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        host = "127.0.0.1:\(channel.localAddress?.port ?? 0)"
    }

    /// Runs a test with a server.
    static func with(_ answers: @escaping Answers, _ test: (TestServer) async throws -> Void) async throws {
        let server = try await TestServer(answers)
        let result: Result<Void, any Error>
        do {
            result = .success(try await test(server))
        } catch {
            result = .failure(error)
        }
        try await server.channel.close()
        try result.get()
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let answers: Answers
        private var head: HTTPRequestHead?
        private var body: [UInt8] = []

        init(_ answers: @escaping Answers) {
            self.answers = answers
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                self.head = head
                body = []
            case .body(let piece): body += Array(piece.readableBytesView)
            case .end:
                guard let head else { return }
                let request = Request(method: head.method, target: head.uri, headers: head.headers, body: body)
                let answer = answers(request)
                if answer.hangsUp { return context.close(promise: nil) }
                var headers = HTTPHeaders(answer.headers)
                // Always there, or else the encoder ends an answer to HEAD with a last chunk.
                if !headers.contains(name: "content-length") {
                    headers.add(name: "content-length", value: "\(answer.body.count)")
                }
                let status = HTTPResponseStatus(statusCode: answer.status)
                let response = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
                context.write(wrapOutboundOut(.head(response)), promise: nil)
                if head.method != .HEAD {
                    context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: answer.body)))), promise: nil)
                }
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            }
        }
    }
}

/// Counts from zero.
final class Counter: Sendable {
    private let value = Mutex(0)

    func next() -> Int {
        value.withLock { value in
            value += 1
            return value - 1
        }
    }
}
