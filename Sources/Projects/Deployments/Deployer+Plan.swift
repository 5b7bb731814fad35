package import Deployments
import Kubernetes
import OrderedCollections
import Values

extension Deployer {
    /// Asks the cluster of all objects whether it would take them, and changes nothing but a namespace that it makes.
    ///
    /// All refusals are told at once.
    package func plan(
        _ manifests: [Manifest],
        force: Bool,
        makesNamespace: Bool = false
    ) async throws -> DeploymentPlan {
        do {
            return try await planned(manifests, force, makesNamespace)
        } catch let error as ClusterError {
            throw DeploymentError.notBegun("\(error)", hint: error.hint)
        }
    }

    private func planned(_ manifests: [Manifest], _ force: Bool, _ makesNamespace: Bool) async throws -> DeploymentPlan
    {
        try await checkNamespace(makes: makesNamespace)
        var plan = DeploymentPlan()
        var doubts = Doubts()
        for manifest in manifests {
            try await doubts.ask(manifest.title) {
                let old = try await live(manifest)
                let manifest = keepingReplicas(manifest, old)
                let new = try await dryRun(manifest, force: force)
                let isSame = old.map { Self.comparable($0) == Self.comparable(new) } ?? false
                plan.steps.append(DeploymentPlan.Step(manifest: manifest, isNew: old == nil, isSame: isSame))
                if manifest.kind == "Deployment" { plan.revision = old.flatMap(Self.revision) }
            }
        }
        let found = try await own(stale(manifests))
        for removal in found {
            try await doubts.ask(DeploymentPlan.removal(removal)) { try await delete(removal, dryRun: true) }
        }
        plan.removals = found
        if let error = doubts.error(DeploymentError.refused) { throw error }
        return plan
    }

    /// Collects what the cluster would refuse.
    struct Doubts {
        private var refused: [DeploymentError.Refused] = []
        private var hint: String?

        /// Does something; a refusal is kept, for others may come.
        mutating func ask(_ title: String, _ body: () async throws -> Void) async throws {
            do {
                try await body()
            } catch DeploymentError.refused(let more, let hint) {
                refused += more
                self.hint = self.hint ?? hint
            } catch let error as ClusterError {
                guard let refusal = error.refusal, !refusal.isTransient else { throw error }
                refused.append(DeploymentError.Refused(object: title, reason: refusal.message))
                hint = hint ?? error.hint
            }
        }

        func error(_ make: ([DeploymentError.Refused], String?) -> DeploymentError) -> DeploymentError? {
            refused.isEmpty ? nil : make(refused, hint)
        }
    }

    /// What the cluster would make of an object.
    func dryRun(_ manifest: Manifest, force: Bool) async throws -> ClusterObject {
        do {
            return try await cluster.apply(object(manifest), manager: Self.manager, force: force, dryRun: true)
        } catch let error as ClusterError {
            guard let refusal = error.refusal, !refusal.isTransient else { throw error }
            if let conflict = refusal.conflicts.first {
                let fields = refusal.conflicts.filter { $0.manager == conflict.manager }.map(\.field)
                throw DeploymentError.conflict(object: manifest.title, manager: conflict.manager, fields: fields)
            }
            let refused = DeploymentError.Refused(object: manifest.title, reason: refusal.message)
            throw DeploymentError.refused([refused], hint: error.hint)
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
    func keepingReplicas(_ manifest: Manifest, _ live: ClusterObject?) -> Manifest {
        guard manifest.kind == "Deployment", manifest.value["spec"]?["replicas"] == nil, let live,
            Derivation.ownsReplicas(live.value, manager: Self.manager), let count = live["spec", "replicas"]
        else { return manifest }
        var manifest = manifest
        manifest.value = Derivation.setting(count, manifest.value, at: ["spec", "replicas"])
        return manifest
    }

    /// Kinds of which a target has an object or not.
    static let optionalKinds: [Kind] = [
        .horizontalPodAutoscaler, .podDisruptionBudget, .ingress, .networkPolicy,
        Kind("HTTPRoute", group: "gateway.networking.k8s.io"), Kind("ServiceMonitor", group: "monitoring.coreos.com"),
    ]

    /// What an earlier form of the target may have had, and this one has not.
    private func stale(_ manifests: [Manifest]) -> [(Kind, String)] {
        let isCanary = manifests.allSatisfy { $0.name != target.objectName }
        if isCanary || target.engine == .kserve { return [] }
        let kept = Set(manifests.map(\.kind))
        return Self.optionalKinds.filter { !kept.contains($0.kind) }.map { ($0, target.objectName) }
    }

    /// Those of the objects that are there and ours; those that may not be looked at are told of and left out, unless
    /// their kind is needed.
    func own(_ names: [(Kind, String)], needed: [Kind] = []) async throws -> [DeploymentPlan.Removal] {
        var found: [DeploymentPlan.Removal] = []
        var hidden: [String] = []
        for (kind, name) in names {
            do {
                guard let object = try await cluster.find(kind, name, namespace: namespace), isOwn(object) else {
                    continue
                }
                found.append(DeploymentPlan.Removal(kind: kind, object: object))
            } catch let error as ClusterError where error.refusal?.cause == .forbidden && !needed.contains(kind) {
                hidden.append(kind.kind)
            }
        }
        if !hidden.isEmpty {
            say("what there may be of \(hidden.joined(separator: ", ")) stays, since you may not look at it")
        }
        return found
    }

    func isOwn(_ object: ClusterObject) -> Bool {
        object.labels["app.kubernetes.io/managed-by"] == "apus"
            && object.labels["app.kubernetes.io/instance"] == target.objectName
    }

    @discardableResult
    func delete(_ removal: DeploymentPlan.Removal, dryRun: Bool = false) async throws -> Bool {
        let object = removal.object
        return try await cluster.delete(
            removal.kind,
            object.name,
            namespace: namespace,
            uid: object.uid,
            dryRun: dryRun
        )
    }

    static func revision(_ deployment: ClusterObject) -> Int? {
        deployment.annotations[RolloutView.revisionKey.text].flatMap { Int($0) }
    }
}
