/// A kind of object by its group and name, and by a version where one is insisted on.
package struct Kind: Sendable, Hashable, CustomStringConvertible {
    /// Empty for the core group.
    package let group: String
    package let version: String?
    package let kind: String

    package init(_ kind: String, group: String = "", version: String? = nil) {
        self.group = group
        self.version = version
        self.kind = kind
    }

    /// Takes `v1` or `apps/v1` apart.
    package init(apiVersion: String, _ kind: String) {
        let parts = apiVersion.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        self.init(kind, group: parts.count == 2 ? String(parts[0]) : "", version: parts.last.map(String.init))
    }

    /// `Deployment.apps`, or `Deployment.v1.apps`.
    package var description: String { [kind, version ?? "", group].filter { !$0.isEmpty }.joined(separator: ".") }

    package static let configMap = Kind("ConfigMap")
    package static let event = Kind("Event", version: "v1")
    package static let namespace = Kind("Namespace")
    package static let node = Kind("Node")
    package static let pod = Kind("Pod")
    package static let secret = Kind("Secret")
    package static let service = Kind("Service")
    package static let serviceAccount = Kind("ServiceAccount")
    package static let deployment = Kind("Deployment", group: "apps")
    package static let horizontalPodAutoscaler = Kind("HorizontalPodAutoscaler", group: "autoscaling")
    package static let ingress = Kind("Ingress", group: "networking.k8s.io")
    package static let job = Kind("Job", group: "batch")
    package static let networkPolicy = Kind("NetworkPolicy", group: "networking.k8s.io")
    package static let podDisruptionBudget = Kind("PodDisruptionBudget", group: "policy")
    package static let replicaSet = Kind("ReplicaSet", group: "apps")
}
