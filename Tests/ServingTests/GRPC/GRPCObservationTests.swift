import Foundation
import Inference
import NIOCore
import Testing
import Transport
import Values

@testable import Serving

@Suite(.timeLimit(.minutes(2))) struct GRPCObservationTests {
    @Test func callsAreCountedByMethodModelAndCode() async throws {
        let metrics = ServerMetrics()
        var settings = GRPCSettings()
        settings.requestTimeout = .milliseconds(200)
        try await TestServer.with(settings, metrics: metrics) { server async throws in
            for _ in 0..<3 { _ = try await server.call("ModelInfer", TestServer.request("echo")) }
            _ = try await server.call("ServerLive")
            _ = try await server.call("ModelInfer", TestServer.request("made-up-by-a-client"))
            _ = try await server.call("MadeUp")
            _ = try await server.call("ModelInfer", [0xFF])
            _ = try await server.call("ModelInfer", TestServer.request("slow"))
        }
        let text = metrics.text(ServiceTable([]), isReady: true, connections: 0, nil)
        for line in [
            #"{method="ModelInfer",service="echo",code="OK"} 3"#, #"{method="ServerLive",service="",code="OK"} 1"#,
            #"{method="ModelInfer",service="",code="NOT_FOUND"} 1"#,
            #"{method="other",service="",code="UNIMPLEMENTED"} 1"#,
            #"{method="ModelInfer",service="",code="INVALID_ARGUMENT"} 1"#,
            #"{method="ModelInfer",service="",code="DEADLINE_EXCEEDED"} 1"#,
        ] { #expect(text.contains("apus_grpc_requests_total" + line), "\(line)") }
        #expect(!text.contains("made-up") && !text.contains("MadeUp"))
        #expect(
            text.contains(#"apus_grpc_request_duration_seconds_count{method="ModelInfer",service="echo",code="OK"} 3"#)
        )
    }

    @Test func theProviderCanBeReplaced() async throws {
        try await TestServer.with { server async throws in
            #expect(try await server.call("ModelInfer", TestServer.request("sum")).status == 5)
            let input = ProtobufTests.written { writer in
                writer.write("sum", 1)
                writer.message(5) { input in
                    input.write("x", 1)
                    input.write("FP32", 2)
                    input.write(packed: [1, 3], 3)
                }
                [UInt8](repeating: 0, count: 12).withUnsafeBytes { writer.write($0, 7) }
            }
            let service = Service(name: "sum", model: SumModel())
            server.adopt(ServiceTable([service]))
            #expect(try await server.call("ModelInfer", input).status == 0)
            #expect(try await server.call("ModelInfer", TestServer.request("echo")).status == 5)
            service.close()
        }
    }

    @Test func predictionsAreLogged() async throws {
        let path = NSTemporaryDirectory() + "grpc-\(UUID().uuidString).jsonl"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let log = try PredictionLog(PredictionLog.Options(path: path), onFault: { _ in })
        var settings = GRPCSettings()
        settings.requestTimeout = .milliseconds(200)
        try await TestServer.with(settings, predictions: log) { server async throws in
            _ = try await server.call("ModelInfer", TestServer.request("echo"))
            _ = try await server.call("ModelInfer", TestServer.request("unknown"))
            _ = try await server.call("ServerLive")
        }
        log.close()
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
            try Value(json: Array($0.utf8))
        }
        #expect(lines.count == 1)
        #expect(lines[0]["route"] == .string("ModelInfer") && lines[0]["status"] == .int(200))
        #expect(lines[0]["inputs"]?["x"]?.json() == "[9, 9, 9, 9]" && lines[0]["version"] == .string("1"))
    }
}

extension TestServer {
    fileprivate func adopt(_ table: ServiceTable) { try? server.adopt(table) }
}
