import NIOCore
import NIOPosix
import Transport

/// A server of bytes: what it says is given by what it has heard; a zero byte at the end of it ends the connection.
enum RawServer {
    struct Replies: Sendable {
        let answer: @Sendable (String) -> String?

        init(_ answer: @escaping @Sendable (String) -> String?) {
            self.answer = answer
        }
    }

    static func with(
        _ replies: Replies,
        stopsReading: Bool = false,
        _ test: (Origin) async throws -> Void
    ) async throws {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(replies.answer, stopsReading))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        try await test(Origin(isSecure: false, host: "127.0.0.1", port: channel.localAddress?.port ?? 0))
        try await channel.close()
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let answer: @Sendable (String) -> String?
        private let stopsReading: Bool
        private var heard = ""

        init(_ answer: @escaping @Sendable (String) -> String?, _ stopsReading: Bool) {
            self.answer = answer
            self.stopsReading = stopsReading
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            heard += String(buffer: unwrapInboundIn(data))
            guard var text = answer(heard) else { return }
            heard = ""
            let ends = text.last == "\u{0}"
            if ends { text.removeLast() }
            if stopsReading { _ = context.channel.setOption(.autoRead, value: false) }
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
            if ends { context.close(promise: nil) }
        }
    }
}
