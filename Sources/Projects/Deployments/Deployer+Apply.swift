package import Deployments
import Kubernetes
import OrderedCollections
import Values

extension Deployer {
    /// What became of an object.
    package struct Applied: Sendable {
        package enum Change: String, Sendable { case created, changed, unchanged, removed }
        package let title: String
        package let change: Change
    }

    /// Applies objects in their order, after the cluster has said of all that it would take them.
    ///
    /// What an earlier form of the target had and this one has not, such as an autoscaler, is removed.
    package func apply(_ manifests: [Manifest], force: Bool, makesNamespace: Bool = false) async throws -> [Applied] {
        try await checkNamespace(makes: makesNamespace)
        let manifests = try await keepingReplicas(manifests)
        var isSame: [Bool] = []
        for manifest in manifests {
            let old = try await live(manifest)
            let new = try await dryRun(manifest, force: force)
            isSame.append(old.map { Self.comparable($0) == Self.comparable(new) } ?? false)
        }
        var applied: [Applied] = []
        for (index, manifest) in manifests.enumerated() {
            if isSame[index] {
                applied.append(Applied(title: manifest.title, change: .unchanged))
                continue
            }
            do {
                let isNew = try await live(manifest) == nil
                _ = try await cluster.apply(object(manifest), manager: Self.manager, force: force)
                applied.append(Applied(title: manifest.title, change: isNew ? .created : .changed))
            } catch {
                let done = applied.filter { $0.change != .unchanged }
                if done.isEmpty { throw error }
                throw DeploymentError.halfApplied(
                    done: done.map(\.title),
                    failed: manifest.title,
                    reason: error is CancellationError ? "the command was interrupted" : "\(error)",
                    left: manifests[(index + 1)...].map(\.title)
                )
            }
        }
        return try await applied + removeStale(manifests)
    }

    func object(_ manifest: Manifest) -> ClusterObject {
        let name = Value.string(namespace)
        return ClusterObject(Derivation.setting(name, manifest.value, at: ["metadata", "namespace"]))
    }

    /// What the cluster would make of an object.
    func dryRun(_ manifest: Manifest, force: Bool) async throws -> ClusterObject {
        do {
            return try await cluster.apply(object(manifest), manager: Self.manager, force: force, dryRun: true)
        } catch let error as ClusterError {
            guard let refusal = error.refusal else { throw error }
            if let conflict = refusal.conflicts.first {
                let fields = refusal.conflicts.filter { $0.manager == conflict.manager }.map(\.field)
                throw DeploymentError.conflict(object: manifest.title, manager: conflict.manager, fields: fields)
            }
            throw DeploymentError.refused(object: manifest.title, reason: refusal.message, hint: error.hint)
        }
    }

    func checkNamespace(makes: Bool = false) async throws {
        do {
            if try await cluster.find(.namespace, namespace) != nil { return }
        } catch let error as ClusterError {
            // Who may only see the own namespace is told by what follows.
            if error.refusal?.cause == .forbidden, !makes { return }
            throw error
        }
        if !makes { throw DeploymentError.missingNamespace(namespace) }
        let name = Value.map(["name": .string(namespace)])
        let object = ClusterObject(
            .map(["apiVersion": .string("v1"), "kind": .string("Namespace"), "metadata": name])
        )
        _ = try await cluster.apply(object, manager: Self.manager)
        say("made the namespace '\(namespace)'")
    }

    /// A Deployment that an autoscaler takes over keeps its pods: what we gave up would fall back to one.
    func keepingReplicas(_ manifests: [Manifest]) async throws -> [Manifest] {
        var manifests = manifests
        for (index, manifest) in manifests.enumerated() where manifest.kind == "Deployment" {
            guard manifest.value["spec"]?["replicas"] == nil, let live = try await self.live(manifest),
                Derivation.ownsReplicas(live.value, manager: Self.manager), let count = live["spec", "replicas"]
            else { continue }
            manifests[index].value = Derivation.setting(count, manifest.value, at: ["spec", "replicas"])
        }
        return manifests
    }

    /// Kinds of which a target has an object or not.
    static let optionalKinds: [Kind] = [
        .horizontalPodAutoscaler, .podDisruptionBudget, .ingress, .networkPolicy,
        Kind("HTTPRoute", group: "gateway.networking.k8s.io"), Kind("ServiceMonitor", group: "monitoring.coreos.com"),
    ]

    private func removeStale(_ manifests: [Manifest]) async throws -> [Applied] {
        var removed: [Applied] = []
        let isCanary = manifests.allSatisfy { $0.name != target.objectName }
        let kept = Set(manifests.map(\.kind))
        if isCanary || target.engine == .kserve { return [] }
        for kind in Self.optionalKinds where !kept.contains(kind.kind) {
            if try await removeOwn(kind, target.objectName) {
                removed.append(Applied(title: "\(kind.kind) '\(target.objectName)'", change: .removed))
            }
        }
        return removed
    }

    /// Removes an object when it is one of ours; nothing is said where it may not be looked at.
    func removeOwn(_ kind: Kind, _ name: String) async throws -> Bool {
        do {
            guard let object = try await cluster.find(kind, name, namespace: namespace),
                object.labels["app.kubernetes.io/managed-by"] == "apus",
                object.labels["app.kubernetes.io/instance"] == target.objectName
            else { return false }
            return try await cluster.delete(kind, name, namespace: namespace, uid: object.uid)
        } catch let error as ClusterError {
            if case .unknownKind = error { return false }
            throw error
        }
    }
}
