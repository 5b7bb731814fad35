import Deployments
import Kubernetes

extension Deployer {
    /// Deletes all objects of the target, its canary, too, and waits until the pods are gone.
    ///
    /// The cluster is asked before whether it would delete all; an error says what was deleted by then.
    package func delete(seconds: Int) async throws -> [String] {
        let found = try await planDeletion()
        var deleted: [String] = []
        for (index, removal) in found.enumerated() {
            do {
                if try await delete(removal) { deleted.append(removal.title) }
            } catch {
                throw DeploymentError.halfDeleted(
                    done: deleted,
                    reason: error is CancellationError ? "the command was interrupted" : "\(error)",
                    left: found[index...].map(\.title)
                )
            }
        }
        if !deleted.isEmpty { try await waitForEnd(seconds: seconds) }
        return deleted
    }

    private func planDeletion() async throws -> [DeploymentPlan.Removal] {
        let usual: [Kind] = [.deployment, .service]
        let served = [
            Kind("InferenceService", group: "serving.kserve.io"), Kind("ServingRuntime", group: "serving.kserve.io"),
        ]
        let needed = (target.engine == .kserve ? served : usual) + [.serviceAccount]
        do {
            var names: [(Kind, String)] = [(.deployment, Derivation.canaryName(target.objectName))]
            names += (Self.optionalKinds + served + usual + [.serviceAccount]).map { ($0, target.objectName) }
            let found = try await own(names, needed: needed)
            var doubts = Doubts()
            for removal in found { try await doubts.ask(removal.title) { try await delete(removal, dryRun: true) } }
            if let error = doubts.error(DeploymentError.undeletable) { throw error }
            return found
        } catch let error as ClusterError {
            throw DeploymentError.notBegun("\(error)", hint: error.hint)
        }
    }

    private func waitForEnd(seconds: Int) async throws {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        while true {
            let selection = Selection(namespace: namespace, labels: podLabels)
            let left: [ClusterObject]
            do {
                left = try await visible(.pod, selection) + visible(.replicaSet, selection)
            } catch let error as ClusterError {
                throw DeploymentError.unwatched("all objects are deleted, but the pods' end", "\(error)", error.hint)
            }
            if left.isEmpty { return }
            if clock.now >= end { throw DeploymentError.stillThere(left.map(\.name)) }
            try await Task.sleep(for: .milliseconds(500))
        }
    }

    /// Removes an object when it is one of ours; false when it is not there.
    func removeOwn(_ kind: Kind, _ name: String) async throws -> Bool {
        guard let object = try await cluster.find(kind, name, namespace: namespace), isOwn(object) else { return false }
        return try await delete(DeploymentPlan.Removal(kind: kind, object: object))
    }
}
