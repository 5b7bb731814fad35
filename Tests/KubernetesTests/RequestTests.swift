import Foundation
import OrderedCollections
import Synchronization
import TestSupport
import Testing
import Values

@testable import Kubernetes

@Suite struct RequestTests {
    private let object = ClusterObject(
        .map([
            "apiVersion": .string("v1"), "kind": .string("ConfigMap"),
            "metadata": .map(["name": .string("settings")]), "data": .map(["colour": .string("blü")]),
        ])
    )

    @Test func anObjectIsAppliedByTheServer() async throws {
        try await withCluster { _ in
            CannedStep.json(
                configMap("settings", version: "7"),
                headers: [#"warning: 299 - "unknown field \"spec.x\"""#]
            )
        } _: { (cluster, server) async throws in
            let applied = try await cluster.apply(object, manager: "apus deploy", force: true, dryRun: true)
            #expect(applied.resourceVersion == "7")
            let request = try #require(server.requests.last)
            #expect(request.method == "PATCH" && request.pathAlone == "/api/v1/namespaces/space/configmaps/settings")
            #expect(request.headers["content-type"] == "application/apply-patch+yaml")
            #expect(request.query("fieldManager") == "apus deploy" && request.query("force") == "true")
            #expect(request.query("dryRun") == "All")
            #expect(try Value(json: Array(request.body.utf8)) == object.value)
        }
    }

    @Test func whatTheServerWarnsOfIsHeard() async throws {
        let heard = Mutex<[String]>([])
        var policy = ClusterPolicy.quick
        policy.onWarning = { text in heard.withLock { $0.append(text) } }
        try await withCluster(policy: policy) { _ in
            CannedStep.json("{}", headers: [#"warning: 299 - "old \"version\"""#])
        } _: { (cluster, _) async throws in
            _ = try await cluster.apply(object, manager: "m")
        }
        #expect(heard.withLock { $0 } == [#"old "version""#])
    }

    @Test func versionsAreAskedNotAssumed() async throws {
        try await withCluster { _ in
            CannedStep.json(404, "{}")
        } _: { (cluster, server) async throws in
            let version = try await cluster.version()
            #expect(version.major == 1 && version.minor == 20 && version.text == "v1.20.2")
            #expect(try await cluster.resource(.deployment).apiVersion == "apps/v1")
            let budget = try await cluster.resource("PodDisruptionBudget", group: "policy", oneOf: ["v1", "v1beta1"])
            #expect(budget?.version == "v1beta1")
            #expect(try await cluster.resource("Job", group: "batch", oneOf: ["v1"]) == nil)
            #expect(try await !cluster.isServed(Kind("InferenceService", group: "serving.kserve.io")))
            let error = await failure { try await cluster.resource(Kind("Deployment", group: "apps", version: "v2")) }
            #expect(
                error
                    == .unknownKind(
                        Kind("Deployment", group: "apps", version: "v2"),
                        served: ["apps/v1", "apps/v1beta1"]
                    )
            )
            let count = server.requests.count
            _ = try await cluster.resource(.deployment)
            #expect(server.requests.count == count)
        }
    }

    @Test func aGroupThatIsBeingRemovedHasNoKinds() async throws {
        let server = try CannedServer { request in
            request.path == "/apis"
                ? CannedStep.json(
                    """
                    {"kind": "APIGroupList", "groups": [{"name": "a.b", "versions": [{"version": "v1"}]}]}
                    """
                ) : CannedStep.json(404, "404 page not found")
        }
        defer { server.stop() }
        let folder = try Folder()
        let file = try folder.write("config", kubeconfig("http://127.0.0.1:\(server.port)"))
        let access = try ClusterAccess.find(ClusterEnvironment(variables: ["KUBECONFIG": file]))
        try await Cluster.with(access) { (cluster) async throws in
            #expect(try await !cluster.isServed(Kind("Rare", group: "a.b", version: "v1")))
            #expect(try await cluster.find(Kind("Rare", group: "a.b"), "x") == nil)
            // It may come back.
            #expect(server.requests.filter { $0.path == "/apis/a.b/v1" }.count > 1)
        }
    }

    @Test func newerServersTellAllKindsAtOnce() async throws {
        let server = try CannedServer { request in
            CannedStep.json(
                """
                {"kind": "APIGroupDiscoveryList", "items": [{"metadata": {"name": "apps"}, "versions": [
                  {"version": "v1", "freshness": "Current", "resources": [
                    {"resource": "deployments", "responseKind": {"kind": "Deployment"}, "scope": "Namespaced", "verbs": ["get"]}]}]}]}
                """
            )
        }
        defer { server.stop() }
        let folder = try Folder()
        let file = try folder.write("config", kubeconfig("http://127.0.0.1:\(server.port)/base/"))
        let access = try ClusterAccess.find(ClusterEnvironment(variables: ["KUBECONFIG": file]))
        try await Cluster.with(access) { (cluster) async throws in
            let found = try await cluster.resource(.deployment)
            #expect(found.path(name: "web", namespace: "n") == "/apis/apps/v1/namespaces/n/deployments/web")
            #expect(server.requests.map(\.path) == ["/base/apis"])
            #expect(server.requests[0].headers["accept"]?.contains("as=APIGroupDiscoveryList") == true)
        }
    }

    @Test func namesLeadNowhereElse() {
        let pods = APIResource(group: "", version: "v1", kind: "Pod", plural: "pods", isNamespaced: true)
        #expect(
            pods.path(name: "../../secrets", namespace: "a?b#c")
                == "/api/v1/namespaces/a%3Fb%23c/pods/..%2F..%2Fsecrets"
        )
        #expect(pods.path(name: "..", namespace: ".") == "/api/v1/namespaces/%2E/pods/%2E%2E")
    }

    @Test func aListIsReadInPages() async throws {
        try await withCluster { request in
            let start = Int(request.query("continue") ?? "0") ?? 0
            let next = start < 2 ? #""continue": "\#(start + 1)","# : ""
            return CannedStep.json(
                #"{"metadata": {\#(next) "resourceVersion": "9"}, "items": [{"metadata": {"name": "n\#(start)"}}]}"#
            )
        } _: { (cluster, server) async throws in
            let list = try await cluster.list(.configMap, Selection(labels: "a=b", name: "x"))
            #expect(list.items.map(\.name) == ["n0", "n1", "n2"] && list.resourceVersion == "9")
            #expect(list.items[0].kind == "ConfigMap")
            let request = try #require(server.requests.last)
            #expect(request.query("labelSelector") == "a=b" && request.query("fieldSelector") == "metadata.name=x")
        }
    }

    @Test func aPageThatIsForgottenBeginsAnew() async throws {
        try await withCluster { request in
            if request.query("continue") != nil { return CannedStep.json(410, status(410, "Expired", "too old")) }
            let next = request.query("limit") == nil ? "" : "abc"
            return CannedStep.json(#"{"metadata": {"continue": "\#(next)"}, "items": [{"metadata": {"name": "a"}}]}"#)
        } _: { (cluster, _) async throws in
            let list = try await cluster.list(.configMap)
            #expect(list.items.count == 1)
        }
    }

    @Test func whatIsNotThereIsNil() async throws {
        try await withCluster { _ in
            CannedStep.json(404, status(404, "NotFound", "no"))
        } _: { (cluster, _) async throws in
            #expect(try await cluster.find(.configMap, "x") == nil)
            #expect(try await cluster.find(Kind("Rare", group: "a.b"), "x") == nil)
            #expect(try await !cluster.delete(.configMap, "x"))
            let error = await failure { try await cluster.get(.configMap, "x") }
            #expect(error?.description == "cannot get ConfigMap 'x': no")
        }
    }

    @Test func deletionTellsHow() async throws {
        try await withCluster { _ in
            CannedStep.json("{}")
        } _: { (cluster, server) async throws in
            #expect(try await cluster.delete(.deployment, "web", propagation: .foreground, gracePeriod: 0, uid: "u1"))
            let body = try Value(json: Array(server.requests.last?.body.utf8 ?? "".utf8))
            #expect(body["propagationPolicy"]?.string == "Foreground" && body["gracePeriodSeconds"]?.int == 0)
            #expect(body["preconditions"]?["uid"]?.string == "u1")
        }
    }

    @Test(arguments: [
        [CannedStep.cut], [.text("HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"a\""), .cut],
        CannedStep.json(503, "starting"), CannedStep.json(429, "{}", headers: ["retry-after: 1"]),
    ])
    func whatMayBeRepeatedIs(_ trouble: [CannedStep]) async throws {
        let counter = Counter()
        let heard = Counter()
        var policy = ClusterPolicy.quick
        // Tests at the same time may keep this one waiting.
        policy.patience = .seconds(300)
        policy.onRetry = { _ in _ = heard.next() }
        try await withCluster(policy: policy) { _ in
            counter.next() < 3 ? trouble : CannedStep.json(configMap("settings"))
        } _: { (cluster, _) async throws in
            let applied = try await cluster.apply(object, manager: "m")
            #expect(applied.name == "settings")
        }
        #expect(counter.value == 3 && heard.value == 1)
    }

    @Test func creationIsNotRepeated() async throws {
        let counter = Counter()
        try await withCluster { _ in
            _ = counter.next()
            return [.cut]
        } _: { (cluster, _) async throws in
            let error = await failure { try await cluster.create(object) }
            guard case .unreachable(_, "the connection was cut") = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
        #expect(counter.value == 1)
    }

    @Test func patienceEnds() async throws {
        var policy = ClusterPolicy.quick
        policy.patience = .milliseconds(700)
        let counter = Counter()
        try await withCluster(policy: policy) { _ in
            _ = counter.next()
            return CannedStep.json(503, status(503, "ServiceUnavailable", "starting"))
        } _: { (cluster, _) async throws in
            let error = await failure { try await cluster.get(.configMap, "a") }
            #expect(error?.refusal?.cause == .unavailable && error?.hint != nil)
        }
        #expect((2...6).contains(counter.value))
    }

    @Test func aServerThatWasNeverThereIsNotWaitedFor() async throws {
        let folder = try Folder()
        let file = try folder.write("config", kubeconfig("https://127.0.0.1:1"))
        let access = try ClusterAccess.find(ClusterEnvironment(variables: ["KUBECONFIG": file]))
        var policy = ClusterPolicy()
        policy.patience = .seconds(3600)
        try await Cluster.with(access, policy: policy) { (cluster) async throws in
            let error = await failure { try await cluster.version() }
            #expect(error?.description == "the cluster at https://127.0.0.1:1 cannot be reached: Connection refused")
            #expect(error?.hint?.contains("apus cluster list") == true)
        }
    }

    @Test func silenceEndsInTime() async throws {
        var policy = ClusterPolicy.quick
        policy.timeout = .milliseconds(300)
        policy.patience = .zero
        try await withCluster(policy: policy) { _ in
            [.hold]
        } _: { (cluster, _) async throws in
            let error = await failure { try await cluster.get(.configMap, "a") }
            #expect(error?.description.contains("no answer within 300 ms") == true, "\(String(describing: error))")
        }
    }

    @Test func answersThatAreNoneOfKubernetesAreErrors() async throws {
        var policy = ClusterPolicy.quick
        policy.maximumAnswer = 100_000
        let bodies = [
            "<html>", "", "{", String(repeating: "[", count: 50_000), String(repeating: " ", count: 200_000),
            #"{"items": 5}"#,
        ]
        for body in bodies {
            try await withCluster(policy: policy) { _ in
                CannedStep.json(body)
            } _: { (cluster, _) async throws in
                let error = await failure { try await cluster.list(.configMap) }
                guard case .malformed = error else {
                    Issue.record("\(String(describing: error)) for \(body.prefix(20))")
                    return
                }
            }
        }
    }

    @Test func credentialsFollowNoRedirect() async throws {
        let other = try CannedServer { _ in CannedStep.json("{}") }
        defer { other.stop() }
        try await withCluster { _ in
            CannedStep.json(307, "", headers: ["location: http://127.0.0.1:\(other.port)/"])
        } _: { (cluster, _) async throws in
            let error = await failure { try await cluster.get(.configMap, "a") }
            #expect(error?.refusal?.code == 307)
        }
        #expect(other.requests.isEmpty)
    }

    @Test func reviewsTellWhoAndWhat() async throws {
        let server = try CannedServer { request in
            switch request.path {
            case "/apis":
                CannedStep.json(
                    """
                    {"groups": [{"name": "authentication.k8s.io", "versions": [{"version": "v1"}]},
                      {"name": "authorization.k8s.io", "versions": [{"version": "v1"}]}]}
                    """
                )
            case "/apis/authentication.k8s.io/v1":
                CannedStep.json(#"{"resources": [{"name": "selfsubjectreviews", "kind": "SelfSubjectReview"}]}"#)
            case "/apis/authorization.k8s.io/v1":
                CannedStep.json(
                    #"{"resources": [{"name": "selfsubjectaccessreviews", "kind": "SelfSubjectAccessReview"}]}"#
                )
            case "/apis/authentication.k8s.io/v1/selfsubjectreviews":
                CannedStep.json(201, #"{"status": {"userInfo": {"username": "jane", "groups": ["dev"]}}}"#)
            case "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews":
                CannedStep.json(
                    201,
                    #"{"status": {"allowed": \#(request.body.contains("\"list\"")), "reason": "rule"}}"#
                )
            default: Discovered.answer(request) ?? CannedStep.json(404, "{}")
            }
        }
        defer { server.stop() }
        let folder = try Folder()
        let file = try folder.write("config", kubeconfig("http://127.0.0.1:\(server.port)"))
        let access = try ClusterAccess.find(ClusterEnvironment(variables: ["KUBECONFIG": file]))
        try await Cluster.with(access) { (cluster) async throws in
            #expect(try await cluster.whoAmI() == Identity(user: "jane", groups: ["dev"]))
            #expect(try await cluster.mayI("list", .pod) == Permission(isAllowed: true, reason: "rule"))
            #expect(try await !cluster.mayI("delete", .pod, name: "x").isAllowed)
        }
    }
}
