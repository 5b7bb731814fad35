package import Values

/// An object as it is sent to the cluster or written to a file.
package struct Manifest: Sendable, Hashable {
    package let kind: String
    package let name: String
    package var value: Value

    package init(kind: String, name: String, value: Value) {
        self.kind = kind
        self.name = name
        self.value = value
    }

    package var apiVersion: String { value["apiVersion"]?.string ?? "" }
    package var namespace: String? { value["metadata"]?["namespace"]?.string }
    /// What it is called in sentences: `Deployment 'digits'`.
    package var title: String { "\(kind) '\(name)'" }
    /// The name of its file.
    package var fileName: String {
        Self.fileNames[kind] ?? kind.lowercased() + ".yaml"
    }

    static let allFileNames = fileNames.values.sorted() + ["service.yaml", "deployment.yaml", "ingress.yaml"]

    private static let fileNames = [
        "ServiceAccount": "service-account.yaml", "NetworkPolicy": "network-policy.yaml",
        "HorizontalPodAutoscaler": "autoscaler.yaml", "PodDisruptionBudget": "disruption-budget.yaml",
        "HTTPRoute": "http-route.yaml", "ServiceMonitor": "service-monitor.yaml",
        "ServingRuntime": "serving-runtime.yaml", "InferenceService": "inference-service.yaml",
    ]
}

/// What is said of a deployment in annotations: where it came from.
package struct Provenance: Sendable, Hashable {
    /// The Git commit, with `-dirty` when the work tree differs from it.
    package var commit: String?
    /// The models with their versions, such as `digits@v1.2.0`.
    package var model: String?
    package var modelVersion: String?
    package var user: String?
    /// When, as RFC 3339 has it.
    package var time: String?

    package init() {}

    /// The keys of the annotations.
    package enum Key {
        package static let commit = "apus/git-commit"
        package static let model = "apus/model"
        package static let modelVersion = "apus/model-version"
        package static let image = "apus/image"
        package static let user = "apus/deployed-by"
        package static let time = "apus/deployed-at"
        package static let target = "apus/target"
        /// A label: `stable` or `canary`.
        package static let track = "apus/track"
        /// Percent of the requests that a canary is to get.
        package static let share = "apus/canary-percent"
    }
}
