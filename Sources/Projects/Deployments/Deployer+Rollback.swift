package import Deployments
import Kubernetes
import OrderedCollections
import Values

extension Deployer {
    /// The revisions of the target's Deployment, the newest first.
    package func history() async throws -> [Revision] {
        let deployment = try await requireDeployment()
        return Revision.all(of: deployment.value, try await replicaSets(of: deployment).map(\.value))
    }

    /// Puts the Deployment back to a revision: the one before the present one unless a number is given.
    ///
    /// Only pods change: Service, autoscaler and what else there is stay.
    package func rollback(to number: Int? = nil) async throws -> Revision {
        let deployment = try await requireDeployment()
        let all = Revision.all(of: deployment.value, try await replicaSets(of: deployment).map(\.value))
        let earlier = all.filter { !$0.isCurrent }
        guard let newest = earlier.first else { throw DeploymentError.noEarlierRevision(target.objectName) }
        let revision = number.map { number in earlier.first { $0.number == number } } ?? newest
        guard let revision else {
            throw DeploymentError.unknownRevision(number ?? 0, known: earlier.map(\.number))
        }
        let value = Derivation.rollback(
            deployment.value,
            to: revision,
            keepsReplicas: Derivation.ownsReplicas(deployment.value, manager: Self.manager)
        )
        _ = try await cluster.apply(ClusterObject(value), manager: Self.manager, force: true)
        return revision
    }

    /// Starts or changes a canary from the manifests of the target; the stable Deployment stays.
    ///
    /// The answer says how the requests are shared.
    package func applyCanary(_ manifests: [Manifest], percent: Int, force: Bool) async throws -> String {
        guard let manifest = manifests.first(where: { $0.kind == "Deployment" }) else {
            throw DeploymentError.notForKServe("--canary")
        }
        guard let stable = try await deployment() else {
            throw DeploymentError.canaryWithoutStable(target.objectName)
        }
        let count = stable["spec", "replicas"]?.int ?? 1
        let replicas = Derivation.canaryReplicas(percent, beside: count)
        let canary = Derivation.canary(of: manifest, replicas: replicas, percent: percent)
        _ = try await dryRun(canary, force: force)
        _ = try await cluster.apply(object(canary), manager: Self.manager, force: force)
        let share = Int((Double(replicas * 100) / Double(replicas + count)).rounded())
        let words =
            "\(replicas) canary \(replicas == 1 ? "pod" : "pods") beside \(count): about \(share) % of the requests"
        if abs(share - percent) <= 5 { return words }
        let needed = 99 / percent
        return words + " (\(percent) % needs \(needed) stable pods or more)"
    }

    /// Makes the canary's template the stable one.
    package func promote(force: Bool) async throws {
        let stable = try await requireDeployment()
        guard let canary = try await deployment(Derivation.canaryName(target.objectName)) else {
            throw DeploymentError.noCanary(target.objectName)
        }
        // Who may not end the canary is told before anything changes.
        try await delete(DeploymentPlan.Removal(kind: .deployment, object: canary), dryRun: true)
        let value = Derivation.promotion(
            of: canary.value,
            onto: stable.value,
            keepsReplicas: Derivation.ownsReplicas(stable.value, manager: Self.manager)
        )
        _ = try await cluster.apply(ClusterObject(value), manager: Self.manager, force: force)
    }

    /// Removes the canary; false when there is none.
    package func removeCanary() async throws -> Bool {
        try await removeOwn(.deployment, Derivation.canaryName(target.objectName))
    }
}
