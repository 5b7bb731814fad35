import Foundation
import OrderedCollections
import Synchronization
import TestSupport
import Testing
import Values

@testable import Kubernetes

/// A folder that goes away with the test.
final class Folder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "apus-kubernetes-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    @discardableResult
    func write(_ name: String, _ text: String, mode: Int = 0o644) throws -> String {
        let file = path + "/" + name
        let folder = (file as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
        return file
    }
}

/// A kubeconfig of one cluster; `user` is YAML in flow style.
func kubeconfig(_ server: String, user: String = "{token: abc}") -> String {
    """
    apiVersion: v1
    kind: Config
    current-context: here
    clusters: [{name: here, cluster: {server: '\(server)'}}]
    users: [{name: me, user: \(user)}]
    contexts: [{name: here, context: {cluster: here, user: me, namespace: space}}]
    """
}

/// A client of a server that answers as it is told; discovery and version are answered for it.
func withCluster(
    user: String = "{token: abc}",
    policy: ClusterPolicy = .quick,
    isKnown: Bool = true,
    _ answer: @escaping @Sendable (CannedRequest) -> [CannedStep],
    _ body: (Cluster, CannedServer) async throws -> Void
) async throws {
    let server = try CannedServer { request in Discovered.answer(request) ?? answer(request) }
    defer { server.stop() }
    let folder = try Folder()
    let file = try folder.write("config", kubeconfig("http://127.0.0.1:\(server.port)", user: user))
    let environment = ClusterEnvironment(variables: ["KUBECONFIG": file])
    try await Cluster.with(try ClusterAccess.find(environment), policy: policy) { cluster in
        // It has answered once, so that its loss is one.
        if isKnown { _ = try await cluster.version() }
        try await body(cluster, server)
    }
}

extension ClusterPolicy {
    static var quick: ClusterPolicy {
        var policy = ClusterPolicy()
        policy.timeout = .seconds(30)
        policy.patience = .seconds(3)
        return policy
    }
}

/// What a server of 1.20 says of its kinds.
enum Discovered {
    static func answer(_ request: CannedRequest) -> [CannedStep]? {
        switch request.path {
        case "/version": CannedStep.json(#"{"major": "1", "minor": "20+", "gitVersion": "v1.20.2"}"#)
        case "/apis":
            CannedStep.json(
                """
                {"kind": "APIGroupList", "groups": [
                  {"name": "apps", "versions": [{"version": "v1beta1"}, {"version": "v1"}],
                   "preferredVersion": {"version": "v1"}},
                  {"name": "policy", "versions": [{"version": "v1beta1"}], "preferredVersion": {"version": "v1beta1"}}]}
                """
            )
        case "/api/v1":
            list([
                ("configmaps", "ConfigMap", true), ("pods", "Pod", true), ("pods/log", "Pod", true),
                ("namespaces", "Namespace", false), ("events", "Event", true),
            ])
        case "/apis/apps/v1", "/apis/apps/v1beta1": list([("deployments", "Deployment", true)])
        case "/apis/policy/v1beta1": list([("poddisruptionbudgets", "PodDisruptionBudget", true)])
        default: nil
        }
    }

    private static func list(_ resources: [(String, String, Bool)]) -> [CannedStep] {
        let items = resources.map {
            #"{"name": "\#($0.0)", "kind": "\#($0.1)", "namespaced": \#($0.2), "verbs": ["get"]}"#
        }
        return CannedStep.json(#"{"kind": "APIResourceList", "resources": [\#(items.joined(separator: ","))]}"#)
    }
}

/// A `Status`.
func status(_ code: Int, _ reason: String, _ message: String, details: String = "{}") -> String {
    """
    {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": \(code), "reason": "\(reason)",
     "message": \(Value.string(message).json()), "details": \(details)}
    """
}

func configMap(_ name: String, version: String = "1") -> String {
    """
    {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "\(name)", "resourceVersion": "\(version)"}}
    """
}

/// Counts calls.
final class Counter: Sendable {
    private let count = Atomic<Int>(0)

    var value: Int { count.load(ordering: .relaxed) }

    /// The number of this call, from 1.
    func next() -> Int { count.wrappingAdd(1, ordering: .relaxed).newValue }
}

/// The error that something fails with.
func failure(_ body: () async throws -> some Any) async -> ClusterError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? ClusterError
    }
}
