import Basics
import Foundation
import OrderedCollections
import Synchronization
import Testing
import Transport
import Values

@testable import Kubernetes

/// One after the other: some stop the API server.
@Suite(.serialized) struct RealClusterTests {
    private func configMap(_ name: String, _ data: String) throws -> ClusterObject {
        try RealCluster.object("v1", "ConfigMap", name, #"{"data": \#(data)}"#)
    }

    @Test(.enabled(RealCluster.howToStart, RealCluster.isReachable))
    func anObjectIsAppliedWatchedAndDeleted() async throws {
        try await RealCluster.withNamespace { (cluster, space) async throws in
            #expect(try await cluster.version().major == 1)
            let dry = try await cluster.apply(configMap("a", #"{"x": "1"}"#), manager: "apus-test", dryRun: true)
            #expect(dry.name == "a")
            #expect(try await cluster.find(.configMap, "a") == nil)
            let applied = try await cluster.apply(configMap("a", #"{"x": "1"}"#), manager: "apus-test")
            #expect(applied.namespace == space && applied.uid != nil)
            var words: [String] = []
            for try await change in cluster.watch(.configMap, Selection(name: "a")) {
                switch change {
                case .listed(let objects):
                    words.append("listed \(objects.count) \(objects.first?.kind ?? "")")
                    _ = try await cluster.apply(configMap("a", #"{"x": "2"}"#), manager: "apus-test")
                case .put(let object):
                    words.append("put \(object["data", "x"]?.string ?? "")")
                    #expect(try await cluster.delete(.configMap, "a", uid: object.uid))
                case .removed(let object): words.append("removed \(object.name)")
                case .lost, .resumed: break
                }
                if words.count == 3 { break }
            }
            #expect(words == ["listed 1 ConfigMap", "put 2", "removed a"])
            #expect(try await !cluster.delete(.configMap, "a"))
        }
    }

    @Test(.enabled(RealCluster.howToStart, RealCluster.isReachable))
    func fieldsOfAnotherManagerAreAConflict() async throws {
        try await RealCluster.withNamespace { (cluster, _) async throws in
            _ = try await cluster.apply(configMap("a", #"{"x": "1"}"#), manager: "first")
            let error = await failure { try await cluster.apply(configMap("a", #"{"x": "2"}"#), manager: "second") }
            #expect(error?.refusal?.cause == .fieldConflict)
            #expect(error?.description == "cannot apply ConfigMap 'a': 'first' has set .data.x")
            let forced = try await cluster.apply(configMap("a", #"{"x": "2"}"#), manager: "second", force: true)
            #expect(forced["data", "x"]?.string == "2")
            let stale = try await cluster.get(.configMap, "a")
            _ = try await cluster.patch(.configMap, "a", .map(["data": .map(["y": .string("3")])]))
            let conflict = await failure { try await cluster.replace(stale) }
            #expect(conflict?.refusal?.cause == .conflict)
            let twice = await failure { try await cluster.create(configMap("a", "{}")) }
            #expect(twice?.refusal?.cause == .alreadyExists)
            let invalid = await failure { try await cluster.apply(configMap("A_B", "{}"), manager: "m") }
            #expect(invalid?.refusal?.cause == .invalid, "\(String(describing: invalid))")
        }
    }

    @Test(.enabled(RealCluster.howToStart, RealCluster.isReachable))
    func aQuotaIsToldByItsName() async throws {
        try await RealCluster.withNamespace { (cluster, _) async throws in
            let quota = try RealCluster.object("v1", "ResourceQuota", "small", #"{"spec": {"hard": {"secrets": "0"}}}"#)
            _ = try await cluster.create(quota)
            let kind = Kind("ResourceQuota")
            while try await cluster.get(kind, "small")["status", "hard"] == nil {
                try await Task.sleep(for: .milliseconds(50))
            }
            let secret = try RealCluster.object("v1", "Secret", "s")
            let error = await failure { try await cluster.apply(secret, manager: "m") }
            #expect(error?.refusal?.cause == .quota, "\(String(describing: error))")
            #expect(error?.description.contains("exceeded quota: small") == true)
        }
    }

    @Test(.enabled(RealCluster.howToStart, RealCluster.isReachable))
    func whoMayNotIsToldWhat() async throws {
        try await RealCluster.withNamespace { (cluster, space) async throws in
            let guest = try await guest(of: cluster)
            try await Cluster.with(guest) { (cluster) async throws in
                let error = await failure { try await cluster.apply(configMap("a", "{}"), manager: "m") }
                #expect(error?.refusal?.cause == .forbidden)
                #expect(error?.description.contains("system:serviceaccount:\(space):default") == true)
                #expect(try await !cluster.mayI("create", .configMap).isAllowed)
                let watch = await failure {
                    for try await _ in cluster.watch(.configMap) {}
                    return 0
                }
                #expect(watch?.refusal?.cause == .forbidden)
            }
            #expect(try await cluster.mayI("create", .configMap).isAllowed)
        }
    }

    /// The namespace's own account, which may do nothing.
    private func guest(of cluster: Cluster) async throws -> ClusterAccess {
        let path = "/api/v1/namespaces/\(cluster.access.namespace)/serviceaccounts/default/token"
        var call = APICall(.post, path, "ask for a token")
        call.body = try RealCluster.object("authentication.k8s.io/v1", "TokenRequest", "", #"{"spec": {}}"#).value
        let token = try #require(try await cluster.answer(call)["status"]?["token"]?.string)
        let folder = try Folder()
        var text = kubeconfig("\(cluster.access.server.origin)", user: "{token: '\(token)'}")
        if case .bytes(let authority) = cluster.access.tls.trustRoots {
            text = text.replacing(
                "cluster: {server",
                with: "cluster: {certificate-authority-data: \(Base64.encode(authority)), server"
            )
        }
        var access = try ClusterAccess.find(
            ClusterEnvironment(variables: ["KUBECONFIG": try folder.write("config", text)])
        )
        access.namespace = cluster.access.namespace
        return access
    }

    @Test(.enabled(RealCluster.howToStart, RealCluster.isReachable))
    func anAuthorityThatIsNotTheClustersIsNotTrusted() async throws {
        let folder = try Folder()
        let file = try folder.write("config", kubeconfig("\(try RealCluster.access().server.origin)"))
        let access = try ClusterAccess.find(ClusterEnvironment(variables: ["KUBECONFIG": file]))
        try await Cluster.with(access) { (cluster) async throws in
            let error = await failure { try await cluster.version() }
            guard case .unreachable(_, let reason) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(reason.hasPrefix("TLS: ") && error?.hint?.contains("certificate-authority") == true)
        }
    }

    @Test(.enabled(RealCluster.howToStart, RealCluster.isReachable))
    func kindsThatAreMissingAreTold() async throws {
        try await Cluster.with(try RealCluster.access()) { (cluster) async throws in
            let kind = Kind("InferenceService", group: "serving.example.org")
            let error = await failure { try await cluster.list(kind) }
            #expect(error == .unknownKind(kind, served: []))
            let budget = try await cluster.resource("PodDisruptionBudget", group: "policy", oneOf: ["v1", "v1beta1"])
            #expect(budget?.plural == "poddisruptionbudgets")
        }
    }

    @Test(.enabled(RealCluster.howToStartOwn, RealCluster.isOwn))
    func aPodIsReadAndReached() async throws {
        let folder = try Folder()
        try folder.write("www/index.html", "hello from the pod\n")
        let image = "\(try #require(RealCluster.registry))/apus-test-web:1"
        try RealCluster.run("push-image", image, "/bin/busybox=/bin/busybox", "\(folder.path)/www=/www")
        try await RealCluster.withNamespace { (cluster, _) async throws in
            let script = "echo one; echo two; exec /bin/busybox httpd -f -p 8080 -h /www"
            let pod = try RealCluster.object(
                "v1",
                "Pod",
                "web",
                """
                {"spec": {"terminationGracePeriodSeconds": 0, "containers": [
                  {"name": "web", "image": "\(image)", "command": ["/bin/busybox", "sh", "-c", "\(script)"]}]}}
                """
            )
            let applied = try await cluster.apply(pod, manager: "apus-test")
            var last: ClusterObject?
            for try await change in cluster.watch(.pod, Selection(name: "web")) {
                switch change {
                case .listed(let objects): last = objects.first
                case .put(let object): last = object
                case .removed, .lost, .resumed: break
                }
                if last?.isReadyPod == true { break }
            }
            guard case .running = last?.containerStatuses.first?.state else {
                Issue.record("\(String(describing: last?.containerStatuses))")
                return
            }
            #expect(try await cluster.logTail("web") == ["one", "two"])
            #expect(try await cluster.logTail("web", lines: 1) == ["two"])
            let reasons = try await cluster.events(of: applied.reference).map(\.reason)
            #expect(reasons.contains("Scheduled") && reasons.contains("Started"), "\(reasons)")
            try await reach(cluster)
        }
    }

    private func reach(_ cluster: Cluster) async throws {
        let ask = Array("GET /index.html HTTP/1.0\r\n\r\n".utf8)
        let forward = try await cluster.forward(pod: "web", port: 8080)
        let port = forward.localPort
        await withTaskGroup(of: String.self) { group in
            for _ in 0..<6 {
                group.addTask { String(decoding: await Loopback.exchange(port, ask), as: UTF8.self) }
            }
            for await text in group { #expect(text.hasSuffix("\r\n\r\nhello from the pod\n"), "\(text)") }
        }
        await forward.stop()
        let heard = Mutex<[String]>([])
        let closed = try await cluster.forward(pod: "web", port: 9) { problem in
            heard.withLock { $0.append(problem.description) }
        }
        #expect(await Loopback.exchange(closed.localPort, ask).isEmpty)
        await closed.stop()
        #expect(heard.withLock { $0 } == ["cannot reach port 9 of Pod 'web': nothing listens on this port in the pod"])
    }

    @Test(.enabled(RealCluster.howToStartOwn, RealCluster.isOwn))
    func aServerThatAnswersNoMoreIsAnErrorAndWhatWasAppliedCanBeAppliedAgain() async throws {
        var policy = ClusterPolicy()
        policy.timeout = .seconds(2)
        policy.patience = .seconds(1)
        let patient = ClusterPolicy()
        try await RealCluster.withNamespace(policy: patient) { (steady, _) async throws in
            try await Cluster.with(steady.access, policy: policy) { (cluster) async throws in
                _ = try await cluster.apply(configMap("a", #"{"x": "1"}"#), manager: "m")
                try RealCluster.run("api", "freeze")
                let error = await failure { try await cluster.apply(configMap("a", #"{"x": "2"}"#), manager: "m") }
                try RealCluster.run("api", "thaw")
                guard case .unreachable(_, let reason) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(reason.contains("no answer within 2 s"), "\(reason)")
                let again = try await steady.apply(configMap("a", #"{"x": "2"}"#), manager: "m")
                #expect(again["data", "x"]?.string == "2")
            }
        }
    }

    @Test(.enabled(RealCluster.howToStartOwn, RealCluster.isOwn))
    func aWatchAndAnApplyOutliveTheServer() async throws {
        var policy = ClusterPolicy()
        policy.patience = .seconds(60)
        let losses = Counter()
        policy.onRetry = { _ in _ = losses.next() }
        try await RealCluster.withNamespace(policy: policy) { (cluster, _) async throws in
            _ = try await cluster.apply(configMap("a", #"{"x": "0"}"#), manager: "m")
            var words: [String] = []
            var colour: String?
            for try await change in cluster.watch(.configMap, Selection(name: "a")) {
                switch change {
                case .listed(let objects):
                    words.append("listed")
                    colour = objects.first?["data", "x"]?.string
                    if words.count == 1 { _ = try await cluster.apply(configMap("a", #"{"x": "1"}"#), manager: "m") }
                case .put(let object):
                    words.append("put")
                    colour = object["data", "x"]?.string
                    if words.count == 2 { try await applyWhileThereIsNoServer(cluster, losses) }
                case .removed: words.append("removed")
                case .lost: words.append("lost")
                case .resumed: words.append("resumed")
                }
                if colour == "2" { break }
            }
            // The new server may have forgotten what changed before it began; then there is a new list.
            #expect(words.prefix(4) == ["listed", "put", "lost", "resumed"], "\(words)")
            #expect(words.count == 5 && ["listed", "put"].contains(words.last), "\(words)")
            #expect(losses.value == 1)
        }
    }

    private func applyWhileThereIsNoServer(_ cluster: Cluster, _ losses: Counter) async throws {
        try RealCluster.run("api", "stop")
        let object = try configMap("a", #"{"x": "2"}"#)
        let apply = Task { try await cluster.apply(object, manager: "m") }
        while losses.value == 0 { try await Task.sleep(for: .milliseconds(20)) }
        try RealCluster.run("api", "start")
        _ = try await apply.value
    }
}
