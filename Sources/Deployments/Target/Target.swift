package import Values

/// A target of `deploy:` in `apus.yaml`: where and how a service runs.
package struct Target: Sendable {
    /// What runs the containers.
    package enum Engine: String, Sendable, CaseIterable {
        /// A Deployment and what belongs to it.
        case deployment
        /// An InferenceService and a ServingRuntime of KServe.
        case kserve
    }

    /// A value of the environment.
    package enum Variable: Sendable, Hashable {
        case literal(String)
        case secret(String, key: String)
        case configMap(String, key: String)
        /// A field of the pod, such as `metadata.name`.
        case field(String)
    }

    /// A Secret that the container gets, as variables or as files in a folder.
    package struct Secret: Sendable, Hashable {
        package let name: String
        package let mount: String?
    }

    package struct Autoscale: Sendable, Hashable {
        package var min: Int
        package var max: Int
        /// Percent of the requested processor time that is aimed at.
        package var cpu: Int?
        package var memory: Int?
    }

    package struct Resources: Sendable, Hashable {
        /// Quantities by resource, as Kubernetes writes them.
        package var requests: [String: String] = [:]
        package var limits: [String: String] = [:]
    }

    package struct Ingress: Sendable {
        package var hosts: [String] = []
        package var path = "/"
        package var className: String?
        package var tlsSecret: String?
        package var annotations: [String: String] = [:]
    }

    /// An HTTPRoute of the Gateway API.
    package struct Route: Sendable {
        package var hosts: [String] = []
        package var path = "/"
        package var gateway = ""
        package var gatewayNamespace: String?
    }

    package struct NetworkPolicy: Sendable {
        /// Namespaces that may ask, besides the own one.
        package var from: [String] = []
        package var allowsEgress = false
    }

    package struct Monitor: Sendable {
        package var interval = "30s"
        package var labels: [String: String] = [:]
    }

    /// How pods are kept apart.
    package struct Spread: Sendable, Hashable {
        package var topologyKey: String
        package var isStrict: Bool
    }

    /// A strategic merge patch for the objects of a kind.
    package struct Patch: Sendable {
        package let line: Int
        package let value: Value

        package init(line: Int, value: Value) {
            self.line = line
            self.value = value
        }
    }

    package let name: String
    /// The line of its key in the file.
    package let line: Int
    /// What its objects are called.
    package var objectName = ""
    package var services: [String] = []
    package var engine = Engine.deployment
    package var context: String?
    package var namespace: String?
    package var image: String?
    package var arguments: [String] = []
    package var replicas = 1
    package var autoscale: Autoscale?
    package var resources = Resources(
        requests: ["cpu": "500m", "memory": "512Mi"],
        limits: ["memory": "512Mi"]
    )
    package var environment: [(name: String, value: Variable)] = []
    package var secrets: [Secret] = []
    package var port = 3000
    package var grpcPort: Int?
    package var serviceType = "ClusterIP"
    package var servicePort = 80
    package var ingress: Ingress?
    package var route: Route?
    package var networkPolicy: NetworkPolicy?
    package var monitor: Monitor?
    package var pullSecrets: [String] = []
    package var nodeSelector: [String: String] = [:]
    package var tolerations: [Value] = []
    package var spread = [
        Spread(topologyKey: "kubernetes.io/hostname", isStrict: false),
        Spread(topologyKey: "topology.kubernetes.io/zone", isStrict: false),
    ]
    package var labels: [String: String] = [:]
    package var annotations: [String: String] = [:]
    /// Seconds between a pod's end being asked for and its no longer taking requests.
    package var drain = 10
    /// Seconds that requests under way may take to end.
    package var shutdown = 30
    /// Seconds that the model may take to load.
    package var startup = 300
    /// Seconds that a new pod must stay ready before it counts.
    package var settle = 3
    /// Seconds without progress after which a rollout counts as failed.
    package var deadline = 600
    package var patches: [Patch] = []
    /// Files with patches, as the file names them.
    package var patchFiles: [(line: Int, path: String)] = []

    package init(name: String, line: Int) {
        self.name = name
        self.line = line
    }
}

/// What is wrong with a target, and in which line of the file.
package struct TargetFault: Error, Sendable, Hashable {
    package let line: Int
    package let message: String
    package let hint: String?

    package init(line: Int, message: String, hint: String? = nil) {
        self.line = line
        self.message = message
        self.hint = hint
    }
}
