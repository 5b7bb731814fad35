/// Which versions of its API a cluster has.
package struct APIOffer: Sendable, Hashable {
    /// An object's kind whose version is chosen.
    package struct Family: Sendable, Hashable {
        package let kind: String
        package let group: String
        /// The newest first, each with the minor version of Kubernetes 1 that brought it.
        package let versions: [(name: String, since: Int)]
        /// What has to be installed for it, for kinds that are not Kubernetes's own.
        package let provider: String?

        package static func == (left: Family, right: Family) -> Bool { left.kind == right.kind }
        package func hash(into hasher: inout Hasher) { hasher.combine(kind) }
    }

    package static let families: [Family] = [
        Family("HorizontalPodAutoscaler", "autoscaling", [("v2", 23), ("v2beta2", 12), ("v1", 0)]),
        Family("PodDisruptionBudget", "policy", [("v1", 21), ("v1beta1", 0)]),
        Family("Ingress", "networking.k8s.io", [("v1", 19), ("v1beta1", 0)]),
        Family("HTTPRoute", "gateway.networking.k8s.io", [("v1", 0), ("v1beta1", 0)], "the Gateway API"),
        Family("ServiceMonitor", "monitoring.coreos.com", [("v1", 0)], "the Prometheus Operator"),
        Family("InferenceService", "serving.kserve.io", [("v1beta1", 0)], "KServe"),
        Family("ServingRuntime", "serving.kserve.io", [("v1alpha1", 0)], "KServe"),
    ]

    /// Kind to version, such as `autoscaling/v2`.
    private var versions: [String: String] = [:]

    /// What a release of Kubernetes has, the newest one without a number; of what is not its own all is there.
    package init(minor: Int? = nil) {
        for family in Self.families {
            let fit = family.versions.first { $0.since <= minor ?? .max }
            versions[family.kind] = fit.map { "\(family.group)/\($0.name)" }
        }
    }

    /// What a cluster was found to have, by kind; a kind that it does not know is absent.
    package init(found: [String: String]) {
        versions = found
    }

    /// Reads the version of Kubernetes from a text such as `1.20`, `v1.29.3` or `1.30+`.
    package init?(text: String) {
        let parts = (text.first == "v" ? text.dropFirst() : text[...]).split(separator: ".")
        guard parts.count >= 2, parts[0] == "1", let minor = Int(parts[1].prefix { $0.isNumber }) else { return nil }
        self.init(minor: minor)
    }

    /// The same without a kind.
    package func without(_ kind: String) -> APIOffer {
        APIOffer(found: versions.filter { $0.key != kind })
    }

    func version(of kind: String) throws(RenderingError) -> String {
        if let version = versions[kind] { return version }
        let provider = Self.families.first { $0.kind == kind }?.provider
        throw .unknownKind(kind, provider: provider)
    }
}

extension APIOffer.Family {
    init(_ kind: String, _ group: String, _ versions: [(String, Int)], _ provider: String? = nil) {
        self.kind = kind
        self.group = group
        self.versions = versions.map { (name: $0.0, since: $0.1) }
        self.provider = provider
    }
}
