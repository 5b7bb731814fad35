import Compression
import Foundation
import Inference
import NIOCore
import NIOPosix
import Synchronization
import Testing
import Transport

@testable import Serving

/// A server on a free port and a client of it.
struct TestServer {
    let server: GRPCServer
    let client: CallConnection
    let origin: Origin

    static func with(
        _ settings: GRPCSettings = GRPCSettings(),
        provider: EchoProvider = EchoProvider(),
        metrics: ServerMetrics = ServerMetrics(),
        predictions: PredictionLog? = nil,
        _ body: (TestServer) async throws -> Void
    ) async throws {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        var settings = settings
        settings.port = 0
        let server = try GRPCServer(settings, group: loop, provider: provider, metrics, predictions)
        let port = try server.startNow()
        let origin = Origin(isSecure: settings.certificate != nil, host: "127.0.0.1", port: port)
        let client = try await CallConnection.connect(to: origin, on: loop).get()
        try await body(TestServer(server: server, client: client, origin: origin))
        client.close()
        server.stopNow(.milliseconds(200))
    }

    func call(
        _ method: String,
        _ message: [UInt8] = [],
        _ metadata: [(String, String)] = []
    ) async throws -> CallOutcome {
        let path = method.hasPrefix("/") ? method : "/inference.GRPCInferenceService/" + method
        return try await client.call(path, ByteBuffer(bytes: message), metadata: metadata).get()
    }

    /// A request for a model with one tensor of `count` bytes.
    static func request(_ model: String, count: Int = 4) -> [UInt8] {
        ProtobufTests.written { writer in
            writer.write(model, 1)
            writer.message(5) { input in
                input.write("x", 1)
                input.write("UINT8", 2)
                input.write(packed: [Int64(count)], 3)
            }
            [UInt8](repeating: 9, count: count).withUnsafeBytes { writer.write($0, 7) }
        }
    }
}

extension GRPCServer {
    // Waiting for an event loop is no harm to a test.
    fileprivate func startNow() throws -> Int { try start() }
    fileprivate func stopNow(_ limit: Duration) { stop(within: limit) }
}

@Suite(.timeLimit(.minutes(2))) struct GRPCServerTests {
    @Test func whatIsAskedIsAnswered() async throws {
        try await TestServer.with { server async throws in
            for method in ["ServerLive", "ServerReady", "/grpc.health.v1.Health/Check"] {
                let outcome = try await server.call(method)
                #expect(outcome.status == 0 && Array(outcome.message.readableBytesView) == [8, 1])
            }
            let name = ProtobufTests.written { $0.write("echo", 1) }
            #expect(Array(try await server.call("ModelReady", name).message.readableBytesView) == [8, 1])
            let other = ProtobufTests.written { $0.write("other", 1) }
            #expect(try await server.call("ModelReady", other).message.readableBytes == 0)
            for (method, fixture) in [
                ("ModelMetadata", "metadata"), ("ModelConfig", "config"), ("RepositoryIndex", "index"),
                ("ModelStatistics", "statistics"),
            ] {
                let outcome = try await server.call(method, name)
                #expect(Array(outcome.message.readableBytesView) == (try ProtobufTests.fixture(fixture)), "\(method)")
            }
            let answer = try await server.call("ModelInfer", try ProtobufTests.fixture("contents"))
            #expect(answer.status == 0)
            #expect(answer.message.readableBytes == (try ProtobufTests.fixture("response-contents")).count - 5)
        }
    }

    @Test(arguments: [
        ("ModelInfer", "broken", 13, "the model is broken: 100 % Ä"),
        ("ModelInfer", "full", 8, "too many requests are waiting"),
        ("ModelInfer", "none", 5, "there is no model 'none'"), ("ModelMetadata", "none", 5, "there is no model 'none'"),
        ("TraceSetting", "echo", 12, "there is no method '/inference.GRPCInferenceService/TraceSetting'"),
        ("/grpc.health.v1.Health/Check", "none", 5, "there is no service 'none'"),
    ])
    func faultsHaveTheirStatus(method: String, model: String, status: Int, text: String) async throws {
        try await TestServer.with { server async throws in
            let outcome = try await server.call(method, ProtobufTests.written { $0.write(model, 1) })
            #expect(outcome.status == status && outcome.text == text)
        }
    }

    @Test func whatIsNoMessageIsTheClientsFault() async throws {
        try await TestServer.with { server async throws in
            let outcome = try await server.call("ModelInfer", [0xFF])
            #expect(outcome.status == 3 && outcome.text == "the message ends early")
        }
    }

    @Test func aStreamIsAnsweredMessageByMessage() async throws {
        try await TestServer.with { server async throws in
            let outcome = try await server.call("ModelStreamInfer", TestServer.request("late"))
            #expect(outcome.status == 0)
            let answer = Array(outcome.message.readableBytesView)
            let reply = try answer.withUnsafeBytes { bytes in
                var reader = ProtobufReader(bytes)
                let field = try reader.nextField()
                return (field?.number, Array(try reader.content()))
            }
            #expect(reply.0 == 2)
            #expect(
                reply.1
                    == Array(try await server.call("ModelInfer", TestServer.request("late")).message.readableBytesView)
            )
            let failed = try await server.call("ModelStreamInfer", TestServer.request("full"))
            #expect(failed.status == 0)
            #expect(String(buffer: failed.message).contains("too many requests are waiting"))
        }
    }

    @Test func aDeadlineEndsTheWaitingAndTheRequest() async throws {
        let provider = EchoProvider()
        try await TestServer.with(provider: provider) { server async throws in
            let outcome = try await server.client.call(
                "/inference.GRPCInferenceService/ModelInfer",
                ByteBuffer(bytes: TestServer.request("slow")),
                timeout: .milliseconds(30)
            ).get()
            #expect(outcome.status == 4)
            #expect(provider.cancelled.withLock { $0 } == 1)
            #expect(provider.requests.withLock { $0.first?.deadline } != nil)
            // A client that goes away wants no answer either.
            let waiting = server.client.call(
                "/inference.GRPCInferenceService/ModelInfer",
                ByteBuffer(bytes: TestServer.request("slow"))
            )
            while provider.requests.withLock({ $0.count }) < 2 { try await Task.sleep(for: .milliseconds(1)) }
            server.client.close()
            await #expect(throws: TransportError.closed(server.origin)) { try await waiting.get() }
            while provider.cancelled.withLock({ $0 }) < 2 { try await Task.sleep(for: .milliseconds(1)) }
        }
    }

    @Test func manyCallsAreUnderWayAtOnce() async throws {
        try await TestServer.with { server async throws in
            let futures = (0..<600).map { index in
                server.client.call(
                    "/inference.GRPCInferenceService/ModelInfer",
                    ByteBuffer(bytes: TestServer.request(index % 2 == 0 ? "echo" : "late", count: index))
                )
            }
            for (index, future) in futures.enumerated() {
                let outcome = try await future.get()
                #expect(outcome.status == 0 && outcome.message.readableBytes > index)
            }
        }
    }

    @Test func messagesMayBeLargeButNotTooLarge() async throws {
        var settings = GRPCSettings()
        settings.maximumMessage = 5_000_000
        try await TestServer.with(settings) { server async throws in
            let answer = try await server.call("ModelInfer", TestServer.request("echo", count: 4_999_000))
            #expect(answer.status == 0 && answer.message.readableBytes > 4_999_000)
            let refused = try await server.call("ModelInfer", TestServer.request("echo", count: 5_000_000))
            #expect(refused.status == 8 && refused.text == "the message is larger than 5000000 bytes")
            #expect(try await server.call("ServerLive").status == 0)
        }
    }

    @Test func callsTogetherDoNotTakeMoreMemoryThanMay() async throws {
        var settings = GRPCSettings()
        settings.maximumBuffered = 1_000_000
        try await TestServer.with(settings) { server async throws in
            #expect(try await server.call("ModelInfer", TestServer.request("echo", count: 1_100_000)).status == 8)
            #expect(try await server.call("ModelInfer", TestServer.request("echo", count: 900_000)).status == 0)
            #expect(try await server.call("ModelInfer", TestServer.request("echo", count: 900_000)).status == 0)
        }
    }

    @Test func aKeyOpensAllButProbesNeedNone() async throws {
        var settings = GRPCSettings()
        settings.keys = ["first", "second"]
        try await TestServer.with(settings) { server async throws in
            #expect(try await server.call("ServerLive").status == 0)
            #expect(try await server.call("/grpc.health.v1.Health/Check").status == 0)
            #expect(try await server.call("RepositoryIndex").status == 16)
            #expect(try await server.call("RepositoryIndex", [], [("authorization", "Bearer secong")]).status == 16)
            #expect(try await server.call("RepositoryIndex", [], [("authorization", "Bearer second")]).status == 0)
        }
    }

    @Test func callsUnderWayAreAnsweredWhenTheServerEnds() async throws {
        try await TestServer.with { server async throws in
            let late = server.client.call(
                "/inference.GRPCInferenceService/ModelInfer",
                ByteBuffer(bytes: TestServer.request("late"))
            )
            _ = try await server.call("ServerLive")
            server.server.stopNow(.seconds(20))
            #expect(try await late.get().status == 0)
            await #expect(throws: TransportError.self) { try await server.call("ServerLive") }
        }
    }

    @Test func otherProtocolsAndDamagedFramesEndTheirConnectionOnly() async throws {
        try await TestServer.with { server async throws in
            var inputs: [[UInt8]] = [Array("GET / HTTP/1.1\r\nhost: x\r\n\r\n".utf8)]
            let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + [0, 0, 0, 4, 0, 0, 0, 0, 0]
            for _ in 0..<50 { inputs.append(preface + (0..<200).map { _ in UInt8.random(in: 0...255) }) }
            for input in inputs {
                let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                    .connect(host: "127.0.0.1", port: server.origin.port).get()
                // A server that is starved for long closes connections that say nothing.
                try? await channel.writeAndFlush(ByteBuffer(bytes: input))
                // Half of a frame may be waited for: its rest will not come.
                channel.close(mode: .output, promise: nil)
                try await channel.closeFuture.get()
            }
            #expect(try await server.call("ServerLive").status == 0)
        }
    }

    @Test func compressedMessagesAreReadUpToTheirLimit() throws {
        let content = [UInt8](repeating: 3, count: 100_000)
        for format in [CompressionFormat.gzip, .zlib] {
            let compressed = try format.compress(content)
            var frame = ByteBuffer(bytes: [1])
            frame.writeInteger(UInt32(compressed.count))
            frame.writeBytes(compressed)
            var assembly = MessageAssembly(limit: 100_000, compression: format)
            while let piece = frame.readSlice(length: min(10, frame.readableBytes)), piece.readableBytes > 0 {
                try assembly.append(piece)
            }
            var small = assembly
            #expect(Array(try assembly.finish().readableBytesView) == content)
            small = MessageAssembly(limit: 99_999, compression: format)
            try small.append(
                ByteBuffer(
                    bytes: [1] + withUnsafeBytes(of: UInt32(compressed.count).bigEndian, Array.init) + compressed
                )
            )
            let error = #expect(throws: GRPCStatus.self) { try small.finish() }
            #expect(error?.code == .resourceExhausted)
        }
    }
}
