import Compression
import NIOCore
import NIOHTTP1
import NIOPosix
import Testing
import Transport

/// Answers every connection with the same bytes as soon as a request has come.
private final class Canned: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    let answer: [UInt8]
    let closes: Bool

    init(_ answer: [UInt8], closes: Bool) {
        self.answer = answer
        self.closes = closes
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: answer)), promise: nil)
        if closes { context.close(promise: nil) }
    }
}

@Suite(.timeLimit(.minutes(1))) struct ClientConnectionTests {
    private func withServer(
        _ answer: String,
        body: [UInt8] = [],
        closes: Bool = false,
        policy: TransportPolicy = TransportPolicy(),
        _ test: (ClientConnection) async throws -> Void
    ) async throws {
        let bytes = Array(answer.utf8) + body
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let server = try await ServerBootstrap(group: loop)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Canned(bytes, closes: closes))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let origin = Origin(isSecure: false, host: "127.0.0.1", port: server.localAddress?.port ?? 0)
        let connection = try await ClientConnection.connect(to: origin, on: loop, policy: policy).get()
        try await test(connection)
        connection.close()
        try await server.close()
    }

    @Test func requestsFollowEachOther() async throws {
        try await withServer("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi") { connection async throws in
            for _ in 0..<3 {
                let response = try await connection.send(ClientRequest(.GET, "/")).get()
                #expect(response.status == 200 && String(buffer: response.body) == "hi")
            }
        }
    }

    @Test func compressedAnswersAreBroughtBack() async throws {
        let body = try CompressionFormat.gzip.compress(Array("hello".utf8))
        let head = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: \(body.count)\r\n\r\n"
        try await withServer(head, body: body) { connection async throws in
            let response = try await connection.send(ClientRequest(.GET, "/")).get()
            #expect(String(buffer: response.body) == "hello")
        }
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhi", true), ("", true), ("no protocol\r\n\r\n", false),
        ("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n\(String(repeating: "x", count: 100))", false),
        ("HTTP/1.1 200 OK\r\n", false),
    ])
    func badAnswersAreErrors(answer: String, closes: Bool) async throws {
        var policy = TransportPolicy()
        policy.maximumBody = 99
        policy.timeout = .milliseconds(300)
        try await withServer(answer, closes: closes, policy: policy) { connection async throws in
            await #expect(throws: TransportError.self) { try await connection.send(ClientRequest(.GET, "/")).get() }
            await #expect(throws: TransportError.self) { try await connection.send(ClientRequest(.GET, "/")).get() }
        }
    }

    @Test func whereNobodyListensIsNoConnection() async throws {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let origin = Origin(isSecure: false, host: "127.0.0.1", port: 1)
        let error = await #expect(throws: TransportError.self) {
            _ = try await ClientConnection.connect(to: origin, on: loop).get()
        }
        #expect(error == .noConnection(origin, "Connection refused"))
    }
}
