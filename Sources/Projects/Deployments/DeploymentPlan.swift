import Deployments
import Kubernetes

/// What applying a target is going to do, after the cluster has said that it would take all of it.
package struct DeploymentPlan: Sendable {
    /// An object that is to be applied.
    struct Step: Sendable {
        let manifest: Manifest
        let isNew: Bool
        /// Whether the object is so already.
        let isSame: Bool
    }

    /// An object that the target no longer has.
    struct Removal: Sendable {
        let kind: Kind
        let object: ClusterObject

        var title: String { "\(kind.kind) '\(object.name)'" }
    }

    var steps: [Step] = []
    var removals: [Removal] = []
    /// The revision that runs before; nil when nothing does.
    package var revision: Int?

    /// What is left to do from a step on, in words.
    func left(from index: Int) -> [String] {
        steps[min(index, steps.count)...].filter { !$0.isSame }.map(\.manifest.title) + removals.map(Self.removal)
    }

    static func removal(_ removal: Removal) -> String { "removal of \(removal.title)" }
}
