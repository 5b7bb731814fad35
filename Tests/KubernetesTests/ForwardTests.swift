import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Kubernetes

@Suite struct ForwardTests {
    /// Sends all back in capitals, and ends after `count` bytes.
    private static func echo(_ count: Int) -> @Sendable (CannedRequest) -> [CannedStep] {
        { request in
            FakeTunnel.accept(request) { tunnel in
                tunnel.greet(8080)
                var seen = 0
                tunnel.read { bytes in
                    seen += bytes.count
                    tunnel.send(0, bytes.map { (97...122).contains($0) ? $0 - 32 : $0 })
                    if seen >= count { tunnel.close() }
                }
            }
        }
    }

    @Test func eachConnectionReachesThePod() async throws {
        try await withCluster(Self.echo(5)) { (cluster, server) async throws in
            let forward = try await cluster.forward(pod: "web-1", port: 8080)
            let port = forward.localPort
            let answers = await withTaskGroup(of: String.self) { group in
                for index in 0..<8 {
                    group.addTask {
                        String(decoding: await Loopback.exchange(port, Array("abc-\(index)".utf8)), as: UTF8.self)
                    }
                }
                return await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(answers == Set((0..<8).map { "ABC-\($0)" }))
            let request = try #require(server.requests.last)
            #expect(request.path == "/api/v1/namespaces/space/pods/web-1/portforward?ports=8080")
            #expect(request.headers["sec-websocket-protocol"] == "v4.channel.k8s.io")
            #expect(request.headers["authorization"] == "Bearer abc")
            await forward.stop()
            // Somebody else may have got the port by now; nothing reaches the pod through it.
            let count = server.requests.count
            let descriptor = Loopback.connect(port)
            if descriptor >= 0 {
                try await Task.sleep(for: .milliseconds(200))
                close(descriptor)
            }
            #expect(server.requests.count == count)
        }
    }

    @Test func muchDataGoesThroughUnchanged() async throws {
        let bytes = (0..<400_000).map { UInt8(truncatingIfNeeded: 128 + ($0 &* 31 >> 3) % 128) }
        try await withCluster(Self.echo(bytes.count)) { (cluster, _) async throws in
            let forward = try await cluster.forward(pod: "web-1", port: 8080)
            #expect(await Loopback.exchange(forward.localPort, bytes) == bytes)
            await forward.stop()
        }
    }

    @Test func aPortOnWhichNobodyListensIsToldAndTheNextIsTried() async throws {
        let problems = Mutex<[String]>([])
        let counter = Counter()
        try await withCluster { request in
            switch counter.next() {
            case 1:
                FakeTunnel.accept(request) { tunnel in
                    tunnel.greet(8080)
                    tunnel.send(1, Array("error forwarding port: connect: connection refused".utf8))
                    tunnel.read { _ in }
                }
            case 2: CannedStep.json(404, status(404, "NotFound", #"pods "web-1" not found"#))
            case 3: [.cut]
            default: Self.echo(2)(request)
            }
        } _: { (cluster, _) async throws in
            let forward = try await cluster.forward(pod: "web-1", port: 8080) { problem in
                problems.withLock { $0.append(problem.description) }
            }
            for _ in 0..<3 { #expect(await Loopback.exchange(forward.localPort, [97]).isEmpty) }
            #expect(await Loopback.exchange(forward.localPort, [97, 98]) == [65, 66])
            await forward.stop()
            let texts = problems.withLock { $0 }
            #expect(texts.count == 3, "\(texts)")
            #expect(texts.first == "cannot reach port 8080 of Pod 'web-1': nothing listens on this port in the pod")
            #expect(texts.dropFirst().first == #"cannot reach port 8080 of Pod 'web-1': pods "web-1" not found"#)
        }
    }

    @Test func aLocalPortThatIsInUseIsAnError() async throws {
        try await withCluster(Self.echo(1)) { (cluster, server) async throws in
            let error = await failure { try await cluster.forward(pod: "a", port: 80, localPort: server.port) }
            #expect(error?.description.contains("cannot listen on port \(server.port)") == true)
        }
    }

    @Test func stoppingEndsConnectionsThatAreOpen() async throws {
        try await withCluster(Self.echo(1000)) { (cluster, _) async throws in
            let forward = try await cluster.forward(pod: "web-1", port: 8080)
            let descriptor = Loopback.connect(forward.localPort)
            defer { close(descriptor) }
            #expect(CannedServer.write(descriptor, [97]))
            #expect(CannedServer.readSome(descriptor) == [65])
            await forward.stop()
            #expect(CannedServer.readSome(descriptor) == nil)
        }
    }
}
