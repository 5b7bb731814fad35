import Foundation
import Synchronization

/// Plays an API server that keeps objects: kinds, server-side apply, lists, deletions and dry runs of them.
package final class FakeCluster: Sendable {
    private let store: Store
    private let server: CannedServer

    /// Everything that was asked so far.
    package var requests: [CannedRequest] { server.requests }
    /// What was changed for good: methods with the paths.
    package var changes: [String] {
        requests.filter { ["PATCH", "DELETE", "PUT"].contains($0.method) && !Store.isDryRun($0) }
            .map { "\($0.method) \($0.pathAlone)" }
    }
    package var port: Int { server.port }

    /// `answer` comes first; nil leaves a request to the server.
    package init(_ answer: @escaping @Sendable (CannedRequest) -> [CannedStep]? = { _ in nil }) throws {
        let store = Store()
        self.store = store
        server = try CannedServer { request in answer(request) ?? store.answer(request) }
    }

    package func stop() { server.stop() }

    /// Has an object, as JSON text, at a path such as `/api/v1/namespaces/space/pods/web-1`.
    package func put(_ path: String, _ json: String) { store.put(path, json) }

    package func has(_ path: String) -> Bool { store.has(path) }

    /// A kubeconfig that leads here, to a namespace `space`.
    package var kubeconfig: String {
        """
        apiVersion: v1
        kind: Config
        current-context: here
        clusters: [{name: here, cluster: {server: 'http://127.0.0.1:\(port)'}}]
        users: [{name: me, user: {token: abc}}]
        contexts: [{name: here, context: {cluster: here, user: me, namespace: space}}]
        """
    }

    /// A `Status` with which a server says no.
    package static func status(_ code: Int, _ reason: String, _ message: String) -> [CannedStep] {
        let status: [String: Any] = [
            "kind": "Status", "apiVersion": "v1", "status": "Failure", "code": code, "reason": reason,
            "message": message,
        ]
        return CannedStep.json(code, Store.text(status))
    }

    /// What Kubernetes says of a right that a user lacks.
    package static func forbidden(_ request: CannedRequest) -> [CannedStep] {
        let parts = request.pathAlone.split(separator: "/").map(String.init)
        let place = parts.firstIndex(of: "namespaces").map { $0 + 2 } ?? parts.count
        let plural = place < parts.count ? parts[place] : parts.last ?? ""
        let name = parts.last == plural ? "" : " \"\(parts.last ?? "")\""
        let verb = ["GET": name.isEmpty ? "list" : "get", "PATCH": "patch", "DELETE": "delete"][request.method] ?? ""
        let message = """
            \(plural)\(name) is forbidden: User "robot" cannot \(verb) resource "\(plural)" in API group "" \
            in the namespace "space"
            """
        return status(403, "Forbidden", message)
    }
}

private final class Store: Sendable {
    private let objects = Mutex<[String: Data]>([:])

    func put(_ path: String, _ json: String) { objects.withLock { $0[path] = Data(json.utf8) } }

    func has(_ path: String) -> Bool { objects.withLock { $0[path] != nil } }

    static func isDryRun(_ request: CannedRequest) -> Bool {
        request.query("dryRun") != nil || request.method == "DELETE" && request.body.contains("dryRun")
    }

    static func text(_ value: Any) -> String {
        let data = try? JSONSerialization.data(withJSONObject: value, options: [.sortedKeys])
        return data.map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }

    func answer(_ request: CannedRequest) -> [CannedStep] {
        let path = request.pathAlone
        if path == "/version" {
            return CannedStep.json(#"{"major": "1", "minor": "29", "gitVersion": "v1.29.0"}"#)
        }
        if path == "/apis" { return CannedStep.json(Self.groups) }
        if let kinds = Self.kinds(path) { return CannedStep.json(kinds) }
        switch request.method {
        case "PATCH": return apply(request)
        case "DELETE": return delete(request)
        default: break
        }
        if let object = objects.withLock({ $0[path] }) {
            return CannedStep.json(String(decoding: object, as: UTF8.self))
        }
        let last = path.split(separator: "/").last.map(String.init) ?? ""
        if Self.plurals.contains(last) { return list(request) }
        return FakeCluster.status(404, "NotFound", "\"\(last)\" not found")
    }

    private func list(_ request: CannedRequest) -> [CannedStep] {
        if request.query("watch") != nil { return [CannedStep.stream, .hold] }
        let prefix = request.pathAlone + "/"
        let found = objects.withLock { objects in
            objects.filter { $0.key.hasPrefix(prefix) && !$0.key.dropFirst(prefix.count).contains("/") }
                .sorted { $0.key < $1.key }.map { String(decoding: $0.value, as: UTF8.self) }
        }
        return CannedStep.json(
            #"{"metadata": {"resourceVersion": "5"}, "items": [\#(found.joined(separator: ","))]}"#
        )
    }

    private func apply(_ request: CannedRequest) -> [CannedStep] {
        let path = request.pathAlone
        guard var object = try? JSONSerialization.jsonObject(with: Data(request.body.utf8)) as? [String: Any] else {
            return FakeCluster.status(400, "BadRequest", "no JSON")
        }
        var metadata = object["metadata"] as? [String: Any] ?? [:]
        metadata["uid"] = path
        object["metadata"] = metadata
        let text = Self.text(object)
        if !Self.isDryRun(request) { put(path, text) }
        return CannedStep.json(text)
    }

    private func delete(_ request: CannedRequest) -> [CannedStep] {
        let path = request.pathAlone
        guard has(path) else { return FakeCluster.status(404, "NotFound", "\"\(path)\" not found") }
        if !Self.isDryRun(request) { objects.withLock { _ = $0.removeValue(forKey: path) } }
        return CannedStep.json(#"{"kind": "Status", "apiVersion": "v1", "status": "Success"}"#)
    }
}

extension Store {
    private static let offered: [(group: String, version: String, kinds: [(plural: String, kind: String)])] = [
        (
            "", "v1",
            [
                ("configmaps", "ConfigMap"), ("events", "Event"), ("namespaces", "Namespace"), ("pods", "Pod"),
                ("services", "Service"), ("serviceaccounts", "ServiceAccount"),
            ]
        ),
        ("apps", "v1", [("deployments", "Deployment"), ("replicasets", "ReplicaSet")]),
        ("authentication.k8s.io", "v1", [("selfsubjectreviews", "SelfSubjectReview")]),
        ("authorization.k8s.io", "v1", [("selfsubjectaccessreviews", "SelfSubjectAccessReview")]),
        ("autoscaling", "v2", [("horizontalpodautoscalers", "HorizontalPodAutoscaler")]),
        ("networking.k8s.io", "v1", [("ingresses", "Ingress"), ("networkpolicies", "NetworkPolicy")]),
        ("policy", "v1", [("poddisruptionbudgets", "PodDisruptionBudget")]),
    ]

    private static let clusterWide: Set = ["namespaces", "selfsubjectreviews", "selfsubjectaccessreviews"]
    private static let plurals = Set(offered.flatMap { $0.kinds.map(\.plural) })

    private static let groups: String = {
        let groups: [[String: Any]] = offered.filter { !$0.group.isEmpty }.map { offer in
            let version = ["version": offer.version]
            return ["name": offer.group, "versions": [version], "preferredVersion": version]
        }
        return text(["kind": "APIGroupList", "groups": groups])
    }()

    private static func kinds(_ path: String) -> String? {
        let offer = offered.first { offer in
            path == (offer.group.isEmpty ? "/api/" : "/apis/\(offer.group)/") + offer.version
        }
        guard let offer else { return nil }
        let resources: [[String: Any]] = offer.kinds.map { plural, kind in
            ["name": plural, "kind": kind, "namespaced": !clusterWide.contains(plural), "verbs": ["get"]]
        }
        return text(["kind": "APIResourceList", "resources": resources])
    }
}
