import Foundation
import TestSupport
import Testing
import Values

@testable import Kubernetes

@Suite struct WatchTests {
    private static func event(_ type: String, _ object: String) -> String {
        #"{"type": "\#(type)", "object": \#(object.replacing("\n", with: ""))}"# + "\n"
    }

    private static func list(_ names: [String], version: String) -> [CannedStep] {
        let items = names.map { #"{"metadata": {"name": "\#($0)"}}"# }.joined(separator: ",")
        return CannedStep.json(#"{"metadata": {"resourceVersion": "\#(version)"}, "items": [\#(items)]}"#)
    }

    /// The changes as words, until there are `count`.
    private func changes(_ cluster: Cluster, _ count: Int) async throws -> [String] {
        var words: [String] = []
        for try await change in cluster.watch(.configMap) {
            words.append(Self.word(change))
            if words.count == count { break }
        }
        return words
    }

    private static func word(_ change: ObjectChange) -> String {
        switch change {
        case .listed(let objects): "listed " + objects.map(\.name).joined(separator: ",")
        case .put(let object): "put \(object.name)"
        case .removed(let object): "removed \(object.name)"
        case .lost: "lost"
        case .resumed: "resumed"
        }
    }

    @Test func whatIsCutGoesOnFromTheLastChange() async throws {
        let watches = Counter()
        try await withCluster { request in
            guard request.query("watch") != nil else { return Self.list(["a"], version: "5") }
            switch watches.next() {
            case 1:
                let text = Self.event("ADDED", configMap("b", version: "6"))
                let half = text.index(text.startIndex, offsetBy: 20)
                return [.stream, .chunk(String(text[..<half])), .chunk(text[half...] + "{\"type"), .cut]
            case 2:
                return [
                    .stream,
                    .chunk(
                        Self.event("BOOKMARK", #"{"kind": "ConfigMap", "metadata": {"resourceVersion": "8"}}"#)
                            + Self.event("DELETED", configMap("a", version: "9"))
                    ),
                    .end,
                ]
            default: return [.stream, .chunk(Self.event("MODIFIED", configMap("b", version: "10"))), .hold]
            }
        } _: { (cluster, server) async throws in
            let changes = try await changes(cluster, 6)
            #expect(changes == ["listed a", "put b", "lost", "resumed", "removed a", "put b"])
            let versions = server.requests.filter { $0.query("watch") != nil }.map { $0.query("resourceVersion") }
            #expect(versions == ["5", "6", "9"])
            #expect(
                server.requests.allSatisfy { $0.query("watch") == nil || $0.query("allowWatchBookmarks") == "true" }
            )
        }
    }

    @Test(arguments: [true, false])
    func aForgottenHistoryIsListedAnew(inTheStream: Bool) async throws {
        let lists = Counter()
        let watches = Counter()
        let gone = status(410, "Expired", "too old resource version")
        try await withCluster { request in
            if request.query("watch") == nil {
                return lists.next() == 1 ? Self.list(["a"], version: "5") : Self.list(["b", "c"], version: "50")
            }
            if watches.next() > 1 { return [.stream, .hold] }
            return inTheStream ? [.stream, .chunk(Self.event("ERROR", gone)), .end] : CannedStep.json(410, gone)
        } _: { (cluster, _) async throws in
            let changes = try await changes(cluster, 2)
            #expect(changes == ["listed a", "listed b,c"])
        }
    }

    @Test func aServerThatStaysAwayEndsTheWatch() async throws {
        var policy = ClusterPolicy.quick
        policy.patience = .milliseconds(600)
        try await withCluster(policy: policy) { request in
            request.query("watch") == nil ? Self.list([], version: "5") : [.cut]
        } _: { (cluster, _) async throws in
            var words: [String] = []
            let error = await failure {
                for try await change in cluster.watch(.configMap) { words.append(Self.word(change)) }
                return 0
            }
            #expect(words == ["listed ", "lost"])
            guard case .unreachable = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test func aWatchThatIsForbiddenEndsAtOnce() async throws {
        try await withCluster { _ in
            CannedStep.json(403, status(403, "Forbidden", "no"))
        } _: { (cluster, server) async throws in
            let error = await failure { try await changes(cluster, 1) }
            #expect(error?.refusal?.cause == .forbidden)
            #expect(server.requests.filter { $0.path.contains("configmaps") }.count == 1)
        }
    }

    @Test(arguments: ["nonsense\n", "[]\n", #"{"type": 5}"# + "\n", String(repeating: "x", count: 300_000)])
    func linesThatAreNoEventsAreErrors(_ text: String) async throws {
        var policy = ClusterPolicy.quick
        policy.maximumAnswer = 100_000
        try await withCluster(policy: policy) { request in
            request.query("watch") == nil ? Self.list([], version: "5") : [.stream, .chunk(text), .hold]
        } _: { (cluster, _) async throws in
            let error = await failure { try await changes(cluster, 2) }
            guard case .malformed = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test func severalKindsAreWatchedAtOnce() async throws {
        try await withCluster { request in
            let name = request.pathAlone.contains("pods") ? "pod" : "map"
            if request.query("watch") == nil { return Self.list([name], version: "1") }
            return [.stream, .chunk(Self.event("ADDED", configMap(name + "2"))), .hold]
        } _: { (cluster, _) async throws in
            var words: Set<String> = []
            for try await (target, change) in cluster.watch([WatchTarget(.pod), WatchTarget(.configMap)]) {
                words.insert("\(target) \(Self.word(change))")
                if words.count == 4 { break }
            }
            #expect(words == ["0 listed pod", "0 put pod2", "1 listed map", "1 put map2"])
        }
    }

    @Test func aWatchIsCancelledWithItsTask() async throws {
        let watches = Counter()
        try await withCluster { request in
            if request.query("watch") == nil { return Self.list([], version: "5") }
            _ = watches.next()
            return [.stream, .hold]
        } _: { (cluster, _) async throws in
            let task = Task { try await changes(cluster, 5) }
            while watches.value == 0 { try await Task.sleep(for: .milliseconds(10)) }
            task.cancel()
            let result = await task.result
            if case .success(let words) = result { #expect(words.count < 5) }
        }
    }
}

@Suite struct LogTests {
    @Test func aLogIsReadInLines() async throws {
        try await withCluster { _ in
            [.stream, .chunk("one\ntw"), .chunk("o\n"), .chunk("end"), .end]
        } _: { (cluster, server) async throws in
            var options = LogOptions()
            options.follow = true
            options.tail = 5
            options.container = "main"
            var lines: [String] = []
            for try await line in cluster.logs("web-1", options) { lines.append(line) }
            #expect(lines == ["one", "two", "end"])
            let request = try #require(server.requests.last)
            #expect(request.pathAlone == "/api/v1/namespaces/space/pods/web-1/log")
            #expect(request.query("follow") == "true" && request.query("tailLines") == "5")
            #expect(request.query("container") == "main")
        }
    }

    @Test func aLogThatIsCutIsAnError() async throws {
        try await withCluster { _ in
            [.stream, .chunk("one\n"), .cut]
        } _: { (cluster, _) async throws in
            var lines: [String] = []
            let error = await failure {
                for try await line in cluster.logs("web-1") { lines.append(line) }
                return 0
            }
            #expect(lines == ["one"] && error?.isTransient == true)
        }
    }

    @Test func aContainerThatWaitsHasNoLog() async throws {
        try await withCluster { _ in
            CannedStep.json(400, status(400, "BadRequest", "container is waiting to start"))
        } _: { (cluster, _) async throws in
            let lines = try await cluster.logTail("web-1")
            #expect(lines.isEmpty)
        }
    }
}
