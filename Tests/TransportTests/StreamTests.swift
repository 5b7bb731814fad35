import Basics
import NIOCore
import NIOHTTP1
import NIOPosix
import Testing

@testable import Transport

@Suite(.timeLimit(.minutes(1))) struct StreamTests {
    private let client = HTTPClient()

    private static func accept(_ heard: String, _ more: String) -> String? {
        guard heard.hasSuffix("\r\n\r\n") else { return nil }
        let line = heard.split(separator: "\r\n").first { $0.hasPrefix("sec-websocket-key: ") } ?? ""
        let accepted = SHA1.hash(Array((line.dropFirst(19) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))
        return "HTTP/1.1 101 Switching\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-protocol: v4\r\n"
            + "sec-websocket-accept: \(Base64.encode(accepted))\r\n\r\n" + more
    }

    @Test func anUpgradeGivesTheBytesThatFollow() async throws {
        try await RawServer.with(
            .init { heard in
                heard.hasPrefix("GET")
                    ? "HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\nfirst "
                    : heard.hasSuffix("!") ? "\(heard)\u{0}" : nil
            }
        ) { origin async throws in
            let stream = try await client.upgrade(
                HTTPRequest(.GET, WebAddress(origin: origin, path: "/")),
                to: "echo"
            )
            var received = ""
            try await stream.write(ByteBuffer(string: "second!"))
            while let bytes = try await stream.read() { received += String(buffer: bytes) }
            #expect(received == "first second!")
        }
    }

    @Test func aRefusedUpgradeTellsWhatTheServerSaid() async throws {
        try await AnsweringServer.with(.init { _, _ in .text("not for you", status: 403) }) { server async throws in
            await #expect(throws: TransportError.refused(server.origin, status: 403, "not for you")) {
                _ = try await client.upgrade(HTTPRequest(.GET, server.address("/")), to: "echo")
            }
        }
    }

    @Test func messagesOfWebSocketComeWhole() async throws {
        try await RawServer.with(
            .init { heard in
                Self.accept(heard, "\u{01}\u{03}abc\u{00}\u{03}def")
            }
        ) { origin async throws in
            let request = HTTPRequest(.GET, try WebAddress(origin: origin, path: "/"))
            await #expect(throws: TransportError.self) {
                _ = try await client.webSocket(request, protocols: ["other"])
            }
            let socket = try await client.webSocket(request, protocols: ["v4"])
            #expect(socket.subprotocol == "v4")
            let task = Task { try await socket.next() }
            try await Task.sleep(for: .milliseconds(20))
            task.cancel()
            // The last fragment has not come.
            await #expect(throws: TransportError.cancelled(origin)) { _ = try await task.value }
        }
    }

    @Test func framesAreReadAsWritten() throws {
        for count in [0, 1, 125, 126, 65535, 65536, 70000] {
            let payload = ByteBuffer(bytes: (0..<count).map { UInt8(truncatingIfNeeded: $0) })
            var bytes = WebSocketFrame(.binary, payload).masked(with: 0)
            // A mask of zeros changes nothing; a server's frame has none.
            let second = try #require(bytes.getInteger(at: 1, as: UInt8.self))
            bytes.setInteger(second & 0x7F, at: 1)
            let header = count < 126 ? 2 : count < 65536 ? 4 : 10
            var plain = ByteBuffer(bytes: Array(bytes.readableBytesView.prefix(header)))
            plain.writeBytes(bytes.readableBytesView.dropFirst(header + 4))
            for end in [0, 1, header - 1, plain.readableBytes - 1] where end >= 0 && end < plain.readableBytes {
                var part = ByteBuffer(bytes: Array(plain.readableBytesView.prefix(end)))
                #expect(try WebSocketFrame(parsing: &part, limit: 1 << 20) == nil)
            }
            #expect(try WebSocketFrame(parsing: &plain, limit: 1 << 20)?.payload == payload)
            #expect(plain.readableBytes == 0)
        }
    }

    @Test(
        arguments: [
            [0x82, 0x80, 0, 0, 0, 0], [0x83, 0], [0xC2, 0], [0x09, 0], [0x89, 126, 0, 126],
            [0x82, 127, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0x82, 126, 4, 1],
        ] as [[UInt8]]
    )
    func badFramesAreRefused(bytes: [UInt8]) {
        var buffer = ByteBuffer(bytes: bytes)
        #expect(throws: WebSocketFrame.Fault.self) { try WebSocketFrame(parsing: &buffer, limit: 1024) }
    }

    @Test(arguments: [
        ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"), ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1"),
    ]) func sha1IsRight(text: String, expected: String) {
        let hex = SHA1.hash(Array(text.utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        #expect(hex == expected)
    }
}
