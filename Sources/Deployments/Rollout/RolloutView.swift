package import Values

/// What a rollout is seen by: a Deployment and what belongs to it, as the cluster gives them.
package struct RolloutView: Sendable {
    package var deployment: Value
    /// The Deployment's own.
    package var replicaSets: [Value]
    /// Those of the new ReplicaSet.
    package var pods: [Value]
    /// Events of the pods and ReplicaSets.
    package var events: [Value]

    package init(deployment: Value, replicaSets: [Value] = [], pods: [Value] = [], events: [Value] = []) {
        self.deployment = deployment
        self.replicaSets = replicaSets
        self.pods = pods
        self.events = events
    }

    /// How far a Deployment is.
    package enum Progress: Sendable, Hashable {
        case underWay(String)
        case complete(String)
    }

    /// How far the rollout is, in the order of kubectl's checks.
    package var progress: Progress {
        let status = deployment["status"]
        let count: (Value.Key) -> Int = { status?[$0]?.int ?? 0 }
        if count("observedGeneration") < deployment["metadata"]?["generation"]?.int ?? 0 {
            return .underWay("the cluster has not looked at the change yet")
        }
        let wanted = deployment["spec"]?["replicas"]?.int ?? 1
        let (all, updated, available) = (count("replicas"), count("updatedReplicas"), count("availableReplicas"))
        if updated < wanted { return .underWay("\(updated) of \(wanted) new pods are there") }
        if available < wanted || count("readyReplicas") < wanted {
            let ready = min(pods.count(where: Self.isReady), wanted)
            let settle = deployment["spec"]?["minReadySeconds"]?.int ?? 0
            let words = ready == wanted && settle > 0 ? ", and must stay so for \(settle) s" : ""
            return .underWay("\(ready) of \(wanted) new pods are ready\(words)")
        }
        if all > updated { return .underWay("\(all - updated) old pods are ending") }
        return .complete(wanted == 1 ? "1 pod is ready" : "\(wanted) pods are ready")
    }

    package static func isReady(_ pod: Value) -> Bool {
        if pod["metadata"]?["deletionTimestamp"] != nil { return false }
        return condition("Ready", of: pod)?["status"] == .string("True")
    }

    static func condition(_ type: String, of object: Value) -> Value? {
        object["status"]?["conditions"]?.list?.first { $0["type"] == .string(type) }
    }

    static func name(_ object: Value) -> String { object["metadata"]?["name"]?.string ?? "" }

    /// The ReplicaSet that the Deployment's present template belongs to.
    package var currentReplicaSet: Value? {
        let revision = deployment["metadata"]?["annotations"]?[Self.revisionKey]
        return replicaSets.first { revision != nil && $0["metadata"]?["annotations"]?[Self.revisionKey] == revision }
    }

    package static let revisionKey: Value.Key = "deployment.kubernetes.io/revision"

    /// Whether the cluster itself has given the rollout up.
    package var isPastDeadline: Bool {
        Self.condition("Progressing", of: deployment)?["reason"] == .string("ProgressDeadlineExceeded")
    }
}
