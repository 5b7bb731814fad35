import Deployments
import Kubernetes
import Values

extension Deployer {
    /// What became of an object.
    package struct Applied: Sendable, Hashable {
        package enum Change: String, Sendable { case created, changed, unchanged, removed }
        package let title: String
        package let change: Change
    }

    /// Applies the objects of a plan in their order, and removes what the target no longer has.
    ///
    /// An error says what was done by then, and what was not.
    package func apply(_ plan: DeploymentPlan, force: Bool) async throws -> [Applied] {
        var applied: [Applied] = []
        for (index, step) in plan.steps.enumerated() {
            let title = step.manifest.title
            if step.isSame {
                applied.append(Applied(title: title, change: .unchanged))
                continue
            }
            do {
                _ = try await cluster.apply(object(step.manifest), manager: Self.manager, force: force)
            } catch {
                throw Self.halfApplied(error, applied, title, left: plan.left(from: index + 1))
            }
            applied.append(Applied(title: title, change: step.isNew ? .created : .changed))
        }
        for (index, removal) in plan.removals.enumerated() {
            let left = plan.removals[(index + 1)...].map(DeploymentPlan.removal)
            do {
                if try await !delete(removal) { continue }
            } catch {
                throw Self.halfApplied(error, applied, DeploymentPlan.removal(removal), left: left)
            }
            applied.append(Applied(title: removal.title, change: .removed))
        }
        return applied
    }

    private static func halfApplied(
        _ error: any Error,
        _ applied: [Applied],
        _ failed: String,
        left: [String]
    ) -> any Error {
        let cause = error as? ClusterError
        let done = applied.filter { $0.change != .unchanged }
        // After a refusal it is certain that nothing was done; without an answer it is not.
        let isRefused = cause?.refusal.map { !$0.isTransient } ?? false
        if let refusal = cause?.refusal, isRefused, done.isEmpty {
            let refused = DeploymentError.Refused(object: failed, reason: refusal.message)
            return DeploymentError.refused([refused], hint: cause?.hint)
        }
        return DeploymentError.halfApplied(
            done: done.map { $0.change == .removed ? "removal of \($0.title)" : $0.title },
            failed: failed,
            isRefused: isRefused,
            reason: error is CancellationError ? "the command was interrupted" : "\(error)",
            left: left
        )
    }

    func object(_ manifest: Manifest) -> ClusterObject {
        let name = Value.string(namespace)
        return ClusterObject(Derivation.setting(name, manifest.value, at: ["metadata", "namespace"]))
    }
}
