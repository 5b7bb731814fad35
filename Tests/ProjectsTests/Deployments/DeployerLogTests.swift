import Deployments
import Kubernetes
import Projects
import TestSupport
import Testing

@Suite struct DeployerLogTests {
    private static let pods = "/api/v1/namespaces/space/pods"

    private static func pod(_ name: String, isGoing: Bool = false, restarts: Int = 0) -> String {
        let deletion = isGoing ? #", "deletionTimestamp": "2026-01-01T00:00:00Z""# : ""
        return """
            {"kind": "Pod", "metadata": {"name": "\(name)", "uid": "\(name)", "namespace": "space"\(deletion)}, \
            "status": {"containerStatuses": [{"name": "server", "restartCount": \(restarts), "state": {"running": {}}}]}}
            """
    }

    private static func ended(_ name: String) -> [CannedStep] {
        FakeCluster.status(400, "BadRequest", #"container "server" in pod "\#(name)" is terminated"#)
    }

    private static func isLog(_ request: CannedRequest, of pod: String) -> Bool {
        request.pathAlone == "\(pods)/\(pod)/log"
    }

    private func lines(_ deployer: Deployer, _ options: LogOptions = LogOptions()) async throws -> [String] {
        let lines = Heard()
        try await deployer.logs(options) { pod, line in lines.add((pod.map { "\($0): " } ?? "") + line) }
        return lines.all
    }

    @Test func podsThatAreGoingAreLeftOut() async throws {
        try await withDeployer { request in
            if Self.isLog(request, of: "web-1") { return [.stream, .chunk("one\ntwo\n"), CannedStep.end] }
            return Self.isLog(request, of: "web-2") ? Self.ended("web-2") : nil
        } _: { (deployer, fake, heard) async throws in
            fake.put("\(Self.pods)/web-1", Self.pod("web-1"))
            fake.put("\(Self.pods)/web-2", Self.pod("web-2", isGoing: true))
            #expect(try await lines(deployer) == ["one", "two"])
            #expect(heard.all.isEmpty)
            #expect(!fake.requests.contains { Self.isLog($0, of: "web-2") })
        }
    }

    @Test func aLogThatCannotBeReadIsToldAndLeftOut() async throws {
        try await withDeployer { request in
            if Self.isLog(request, of: "web-1") { return [.stream, .chunk("one\n"), CannedStep.end] }
            return Self.isLog(request, of: "web-2") ? Self.ended("web-2") : nil
        } _: { (deployer, fake, heard) async throws in
            for name in ["web-1", "web-2"] { fake.put("\(Self.pods)/\(name)", Self.pod(name)) }
            #expect(try await lines(deployer) == ["web-1: one"])
            let words = #"cannot read the log of Pod 'web-2': container "server" in pod "web-2" is terminated"#
            #expect(heard.all == [words])
        }
    }

    @Test func thatNoLogCanBeReadIsAnError() async throws {
        try await withDeployer { request in
            request.path.contains("/log") ? Self.ended("web") : nil
        } _: { (deployer, fake, _) async throws in
            for name in ["web-1", "web-2"] {
                fake.put("\(Self.pods)/\(name)", Self.pod(name, isGoing: name == "web-2"))
            }
            await #expect(throws: ClusterError.self) { try await lines(deployer) }
        }
    }

    @Test func followedLogsGoOnAfterACutAndWithNewPods() async throws {
        let opened = Calls()
        try await withDeployer(patience: .seconds(20)) { request in
            if request.pathAlone == Self.pods, request.query("watch") != nil {
                let events = [("ADDED", "web-2"), ("DELETED", "web-1"), ("DELETED", "web-2")].map { type, name in
                    #"{"type": "\#(type)", "object": \#(Self.pod(name))}"# + "\n"
                }
                return [CannedStep.stream] + events.map(CannedStep.chunk) + [CannedStep.hold]
            }
            if Self.isLog(request, of: "web-1") {
                let old = "2026-01-01T00:00:01.1Z one\n2026-01-01T00:00:01.25Z two\n"
                if opened.next() == 1 { return [.stream, .chunk(old + "2026-01-01T00:00:01.3Z thr"), .cut] }
                let again = "2026-01-01T00:00:01.05Z never asked for\n" + old
                return [
                    .stream, .chunk(again + "2026-01-01T00:00:01.3Z three\n2026-01-01T00:00:02Z four"), CannedStep.end,
                ]
            }
            if Self.isLog(request, of: "web-2") {
                return [.stream, .chunk("2026-01-01T00:00:03Z five\n"), CannedStep.end]
            }
            // They have ended by the time that their logs have.
            let isPod = request.pathAlone.hasPrefix(Self.pods + "/")
            return isPod ? FakeCluster.status(404, "NotFound", "it is gone") : nil
        } _: { (deployer, fake, heard) async throws in
            fake.put("\(Self.pods)/web-1", Self.pod("web-1"))
            var options = LogOptions()
            options.follow = true
            options.tail = 2
            let lines = try await lines(deployer, options)
            #expect(lines.filter { $0.hasPrefix("web-1") } == ["one", "two", "three", "four"].map { "web-1: " + $0 })
            #expect(lines.filter { $0.hasPrefix("web-2") } == ["web-2: five"])
            #expect(heard.all == ["'digits' is deleted"])
            let asked = fake.requests.filter { Self.isLog($0, of: "web-1") }
            #expect(asked.map { $0.query("tailLines") } == ["2", nil])
            #expect(asked.map { $0.query("sinceTime") } == [nil, "2026-01-01T00:00:01Z"])
            #expect(fake.requests.first { Self.isLog($0, of: "web-2") }?.query("tailLines") == nil)
        }
    }

    @Test func aFollowedLogThatIsForbiddenIsAnError() async throws {
        try await withDeployer { request in
            request.pathAlone.hasSuffix("/log") ? FakeCluster.forbidden(request) : nil
        } _: { (deployer, fake, _) async throws in
            fake.put("\(Self.pods)/web-1", Self.pod("web-1"))
            var options = LogOptions()
            options.follow = true
            await #expect(throws: ClusterError.self) { try await lines(deployer, options) }
        }
    }

    @Test func withoutTheRightToWatchThePodsThatThereAreAreFollowed() async throws {
        try await withDeployer { request in
            if request.query("watch") != nil { return FakeCluster.forbidden(request) }
            if Self.isLog(request, of: "web-1") {
                return [.stream, .chunk("2026-01-01T00:00:01Z one\n"), CannedStep.end]
            }
            return request.pathAlone == Self.pods + "/web-1" ? FakeCluster.status(404, "NotFound", "gone") : nil
        } _: { (deployer, fake, heard) async throws in
            fake.put("\(Self.pods)/web-1", Self.pod("web-1"))
            var options = LogOptions()
            options.follow = true
            #expect(try await lines(deployer, options) == ["web-1: one"])
            #expect(heard.all.first?.hasPrefix("only the pods that there are now are followed: ") == true)
        }
    }
}
