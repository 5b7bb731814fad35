import OrderedCollections
import Values

/// Makes a target's objects.
package struct Rendering: Sendable {
    package let target: Target
    package let image: String
    package let provenance: Provenance
    package let offer: APIOffer
    /// Where the target names none, what is asked for on the command line.
    package let namespace: String?
    /// Percent of the requests that a canary gets, with KServe.
    package var canary: Int?

    package init(
        _ target: Target,
        image: String,
        provenance: Provenance = Provenance(),
        offer: APIOffer = APIOffer(),
        namespace: String? = nil
    ) {
        self.target = target
        self.image = image
        self.provenance = provenance
        self.offer = offer
        self.namespace = namespace ?? target.namespace
    }

    /// The objects in the order in which they are applied.
    package func manifests() throws -> [Manifest] {
        var values: [Value] = [try fill(Templates.serviceAccount)]
        switch target.engine {
        case .deployment: values += try deploymentObjects()
        case .kserve: values = try kserveObjects()
        }
        return try Patching.apply(target.patches, to: values.map(Self.manifest))
    }

    private func deploymentObjects() throws -> [Value] {
        var values: [Value] = []
        if let policy = target.networkPolicy { values.append(try networkPolicy(policy)) }
        values.append(try service())
        values.append(try deployment())
        if let scale = target.autoscale { values.append(try autoscaler(scale)) }
        if (target.autoscale?.min ?? target.replicas) > 1 {
            let version = try offer.version(of: "PodDisruptionBudget")
            values.append(try fill(Templates.disruptionBudget, ["version": .string(version)]))
        }
        if let ingress = target.ingress { values.append(try self.ingress(ingress)) }
        if let route = target.route { values.append(try self.route(route)) }
        if let monitor = target.monitor { values.append(try self.monitor(monitor)) }
        return values
    }

    static func manifest(_ value: Value) -> Manifest {
        Manifest(kind: value["kind"]?.string ?? "", name: value["metadata"]?["name"]?.string ?? "", value: value)
    }

    /// Fills a template with what all objects share, and with more.
    func fill(_ template: Template, _ more: [String: Value?] = [:]) throws -> Value {
        var values: [String: Value?] = [
            "name": .string(target.objectName), "metadata": metadata(), "selector": .pairs(selector),
            "servicePort": .int(target.servicePort), "pullSecrets": pullSecrets, "port": .int(target.port),
            "nodeSelector": .pairs(target.nodeSelector), "tolerations": .items(target.tolerations),
        ]
        values.merge(more) { $1 }
        return try template.filled(values)
    }

    /// The labels that pods are found by; they cannot change.
    package var selector: [String: String] {
        ["app.kubernetes.io/name": Names.labelValue(serviceName), "app.kubernetes.io/instance": target.objectName]
    }

    private var serviceName: String { target.services.first ?? target.objectName }

    /// The labels of all objects. None of them changes with a version, which would start pods anew.
    private var labels: [String: String] {
        var labels = target.labels
        labels["app.kubernetes.io/component"] = "model-server"
        labels["app.kubernetes.io/managed-by"] = "apus"
        labels.merge(selector) { $1 }
        return labels
    }

    /// The label of what runs the pods.
    private var versionLabel: [String: String] {
        provenance.modelVersion.map { ["app.kubernetes.io/version": Names.labelValue($0)] } ?? [:]
    }

    func metadata(_ annotations: [String: String] = [:], labels more: [String: String] = [:]) -> Value {
        var all = target.annotations.merging(annotations) { $1 }
        all[Provenance.Key.target] = target.name
        return .object([
            "name": .string(target.objectName), "namespace": namespace.map { .string($0) },
            "labels": .pairs(labels.merging(more) { $1 }), "annotations": .pairs(all),
        ])
    }

    /// What `apus deploy history` shows; on the Deployment alone, from which its revisions inherit it.
    private var provenanceAnnotations: [String: String] {
        var all = [Provenance.Key.image: image]
        all[Provenance.Key.commit] = provenance.commit
        all[Provenance.Key.model] = provenance.model
        all[Provenance.Key.modelVersion] = provenance.modelVersion
        all[Provenance.Key.user] = provenance.user
        all[Provenance.Key.time] = provenance.time
        return all
    }

    private var pullSecrets: Value? { .items(target.pullSecrets.map { .object(["name": .string($0)]) }) }

    private func service() throws -> Value {
        let grpc = try target.grpcPort.map { try Templates.grpcPort.filled(["port": .int($0)]) }
        return try fill(Templates.service, ["type": .string(target.serviceType), "grpc": grpc])
    }

    private func deployment() throws -> Value {
        let stable = [Provenance.Key.track: "stable"]
        let podAnnotations = [
            "prometheus.io/scrape": "true", "prometheus.io/port": "\(target.port)", "prometheus.io/path": "/metrics",
        ]
        return try fill(
            Templates.deployment,
            [
                "metadata": metadata(provenanceAnnotations, labels: stable.merging(versionLabel) { $1 }),
                "replicas": target.autoscale == nil ? .int(target.replicas) : nil,
                "settle": target.settle > 0 ? .int(target.settle) : nil,
                "deadline": .int(max(target.deadline, target.startup + target.settle + 1)),
                "selector": .pairs(selector.merging(stable) { $1 }),
                "podLabels": .pairs(labels.merging(stable) { $1 }),
                "podAnnotations": .pairs(podAnnotations),
                "pod": try pod(),
            ]
        )
    }

    private func pod() throws -> Value {
        let spread = try target.spread.map { spread in
            let word = spread.isStrict ? "DoNotSchedule" : "ScheduleAnyway"
            return try fill(Templates.spread, ["key": .string(spread.topologyKey), "unsatisfiable": .string(word)])
        }
        return try fill(
            Templates.pod,
            [
                "grace": .int(target.drain + target.shutdown + 5), "spread": .items(spread),
                "container": try container(named: "server"), "volumes": volumes,
            ]
        )
    }

    private func container(named name: String) throws -> Value {
        let grpc: Value? = target.grpcPort.map {
            .object(["name": "grpc".value, "containerPort": .int($0), "protocol": "TCP".value])
        }
        return try fill(
            Templates.container,
            [
                "containerName": .string(name), "image": .string(image), "args": .list(arguments.map(Value.string)),
                "grpc": grpc, "env": environment, "startup": .int(target.startup),
                "envFrom": .items(
                    target.secrets.filter { $0.mount == nil }.map {
                        .object(["secretRef": .object(["name": .string($0.name)])])
                    }
                ),
                "requests": .pairs(target.resources.requests), "limits": .pairs(target.resources.limits),
                "mounts": mounts,
            ]
        )
    }

    private var arguments: [String] {
        var words = ["serve"] + target.services
        words += ["--host", "0.0.0.0", "--port", "\(target.port)"]
        if let port = target.grpcPort { words += ["--grpc-port", "\(port)"] }
        words += ["--drain-delay", "\(target.drain)", "--shutdown-timeout", "\(target.shutdown)"]
        return words + target.arguments
    }

    private var environment: Value? {
        .items(
            target.environment.map { name, variable in
                let source: Value
                switch variable {
                case .literal(let text): return .object(["name": .string(name), "value": .string(text)])
                case .secret(let name, let key):
                    source = .object(["secretKeyRef": .object(["name": .string(name), "key": .string(key)])])
                case .configMap(let name, let key):
                    source = .object(["configMapKeyRef": .object(["name": .string(name), "key": .string(key)])])
                case .field(let path): source = .object(["fieldRef": .object(["fieldPath": .string(path)])])
                }
                return .object(["name": .string(name), "valueFrom": source])
            }
        )
    }

    private var volumes: Value? {
        let secrets = target.secrets.filter { $0.mount != nil }.map { secret in
            Value.object([
                "name": .string("secret-" + secret.name.replacing(".", with: "-")),
                "secret": .object(["secretName": .string(secret.name)]),
            ])
        }
        return .list([.object(["name": "tmp".value, "emptyDir": .map([:])])] + secrets)
    }

    private var mounts: Value? {
        let secrets = target.secrets.compactMap { secret in
            secret.mount.map { mount in
                Value.object([
                    "name": .string("secret-" + secret.name.replacing(".", with: "-")),
                    "mountPath": .string(mount), "readOnly": .bool(true),
                ])
            }
        }
        return .list([.object(["name": "tmp".value, "mountPath": "/tmp".value])] + secrets)
    }
}

extension String {
    fileprivate var value: Value { .string(self) }
}

// MARK: What stands around the pods

extension Rendering {
    private func autoscaler(_ scale: Target.Autoscale) throws -> Value {
        let version = try offer.version(of: "HorizontalPodAutoscaler")
        let isFirst = version == "autoscaling/v1"
        if isFirst, scale.memory != nil { throw RenderingError.memoryNeedsNewerAutoscaler }
        let goals = [("cpu", scale.cpu), ("memory", scale.memory)].compactMap { name, percent in
            percent.map { (name, $0) }
        }
        let metrics = try goals.map { name, percent in
            try Templates.metric.filled(["name": .string(name), "percent": .int(percent)])
        }
        return try fill(
            Templates.autoscaler,
            [
                "version": .string(version), "min": .int(scale.min), "max": .int(scale.max),
                "percent": isFirst ? scale.cpu.map { .int($0) } : nil, "metrics": isFirst ? nil : .items(metrics),
                "behavior": isFirst ? nil : try Templates.behavior.filled([:]),
            ]
        )
    }

    private func ingress(_ ingress: Target.Ingress) throws -> Value {
        let version = try offer.version(of: "Ingress")
        let isOld = version.hasSuffix("beta1")
        let backend = try fill(isOld ? Templates.oldBackend : Templates.backend)
        let rules = try ingress.hosts.map { host in
            try fill(
                isOld ? Templates.oldIngressRule : Templates.ingressRule,
                ["host": .string(host), "path": .string(ingress.path), "backend": backend]
            )
        }
        var annotations = ingress.annotations
        if isOld { annotations["kubernetes.io/ingress.class"] = ingress.className }
        let hosts = Value.items(ingress.hosts.map { .string($0) })
        return try fill(
            Templates.ingress,
            [
                "version": .string(version), "metadata": metadata(annotations), "rules": .items(rules),
                "class": isOld ? nil : ingress.className.map { .string($0) },
                "hosts": ingress.tlsSecret == nil ? nil : hosts, "secret": ingress.tlsSecret.map { .string($0) },
            ]
        )
    }

    private func route(_ route: Target.Route) throws -> Value {
        try fill(
            Templates.route,
            [
                "version": .string(try offer.version(of: "HTTPRoute")), "gateway": .string(route.gateway),
                "gatewayNamespace": route.gatewayNamespace.map { .string($0) }, "path": .string(route.path),
                "hosts": .items(route.hosts.map { .string($0) }),
            ]
        )
    }

    /// Who may ask: pods of the own namespace and those of the namespaces that are named.
    private func networkPolicy(_ policy: Target.NetworkPolicy) throws -> Value {
        let namespaces = policy.from.map { name in
            Value.object([
                "namespaceSelector": .object(["matchLabels": .pairs(["kubernetes.io/metadata.name": name])])
            ])
        }
        let own = Value.object(["podSelector": .map([:])])
        let grpc: Value? = target.grpcPort == nil ? nil : .object(["port": "grpc".value, "protocol": "TCP".value])
        return try fill(
            Templates.networkPolicy,
            ["from": .list([own] + namespaces), "grpc": grpc, "egress": .list(policy.allowsEgress ? [.map([:])] : [])]
        )
    }

    private func monitor(_ monitor: Target.Monitor) throws -> Value {
        try fill(
            Templates.serviceMonitor,
            [
                "version": .string(try offer.version(of: "ServiceMonitor")),
                "metadata": metadata(labels: monitor.labels), "interval": .string(monitor.interval),
            ]
        )
    }

    private func kserveObjects() throws -> [Value] {
        let runtime = try fill(
            Templates.servingRuntime,
            [
                "version": .string(try offer.version(of: "ServingRuntime")),
                "container": try container(named: "kserve-container"), "volumes": volumes,
            ]
        )
        let scale = target.autoscale
        let isByMemory = scale?.cpu == nil && scale?.memory != nil
        let service = try fill(
            Templates.inferenceService,
            [
                "version": .string(try offer.version(of: "InferenceService")),
                "metadata": metadata(provenanceAnnotations, labels: versionLabel),
                "min": .int(scale?.min ?? target.replicas),
                "max": .int(scale?.max ?? max(1, target.replicas)), "canary": canary.map { .int($0) },
                "scaleMetric": scale.map { _ in .string(isByMemory ? "memory" : "cpu") },
                "scaleTarget": (scale?.cpu ?? scale?.memory).map { .int($0) },
                "timeout": .int(target.shutdown + 30),
            ]
        )
        return [runtime, service]
    }
}
