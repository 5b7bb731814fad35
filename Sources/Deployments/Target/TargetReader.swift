import Values
package import YAML

/// Turns the nodes of `deploy` into targets, and collects what is wrong with them.
package struct TargetReader {
    package struct Result {
        package let targets: [Target]
        package let faults: [TargetFault]
    }

    /// The names of the services that the file has.
    private let services: [String]
    private var reader = FieldReader()

    /// Reads `deploy` of a file whose `services` have these names.
    package static func read(_ root: YAMLNode?, services: [String]) -> Result {
        var reader = TargetReader(services: services)
        let targets = reader.targets(root)
        return Result(targets: targets, faults: reader.reader.faults.sorted { $0.line < $1.line })
    }

    private init(services: [String]) {
        self.services = services
    }

    private static let keys = [
        "service", "services", "name", "engine", "context", "namespace", "image", "args", "replicas", "autoscale",
        "resources", "env", "secrets", "port", "grpc", "service-type", "service-port", "ingress", "route",
        "network-policy", "monitor", "pull-secrets", "node-selector", "tolerations", "spread", "labels", "annotations",
        "drain", "shutdown", "startup", "settle", "deadline", "patch",
    ]

    private mutating func targets(_ root: YAMLNode?) -> [Target] {
        guard let node = root?["deploy"] else { return [] }
        guard case .mapping(let entries, _) = node.kind else {
            reader.complain(node, "'deploy' must be a mapping of names to targets")
            return []
        }
        var seen: [String: String] = [:]
        return entries.compactMap { entry in
            guard let name = FieldReader.text(entry.key), Names.isLabelName(name) else {
                reader.complain(
                    entry.key,
                    "this cannot be the name of a target",
                    hint: "names are made of small letters, digits and '-', such as production"
                )
                return nil
            }
            guard reader.check(entry.value, "deploy.\(name)", Self.keys) else { return nil }
            let target = target(name, entry.key.line, entry.value)
            let place = [target.context ?? "", target.namespace ?? "", target.objectName].joined(separator: "/")
            if let other = seen.updateValue(name, forKey: place), !target.objectName.isEmpty {
                reader.complain(
                    entry.key,
                    "'\(name)' has the same objects as '\(other)'",
                    hint: "give one of them another 'namespace' or another 'name'"
                )
            }
            return target
        }
    }

    private mutating func target(_ name: String, _ line: Int, _ node: YAMLNode) -> Target {
        var target = Target(name: name, line: line)
        readIdentity(node, &target)
        readPods(node, &target)
        readNetwork(node, &target)
        readTimes(node, &target)
        readPatches(node["patch"], &target)
        checkTogether(node, target)
        return target
    }

    private mutating func readIdentity(_ node: YAMLNode, _ target: inout Target) {
        let named = node["service"] ?? node["services"]
        target.services = reader.texts(named, "service", "the name of a service") { !$0.isEmpty } ?? []
        if let named, let stray = target.services.first(where: { !services.contains($0) }) {
            let known = services.isEmpty ? "the file has none" : "there are: \(services.joined(separator: ", "))"
            reader.complain(named, "there is no service '\(stray)'", hint: known)
        }
        if named == nil {
            target.services = services
            if services.isEmpty {
                reader.complain(node, "'deploy.\(target.name)' names no service", hint: "describe one in 'services'")
            }
        }
        let what = "small letters, digits and '-', a letter first, up to 54 characters"
        let isName: (String) -> Bool = { Names.isServiceName($0) && $0.utf8.count <= 54 }
        if let name = reader.text(node["name"], "name", what, isName) {
            target.objectName = name
        } else if node["name"] == nil, let first = target.services.first {
            target.objectName = first
            if !isName(first) {
                reader.complain(
                    named ?? node,
                    "Kubernetes takes no Service of the name '\(first)'",
                    hint: "add a 'name' to the target: \(what)"
                )
            }
        }
        let engines = Target.Engine.allCases.map(\.rawValue)
        let engine = reader.text(node["engine"], "engine", engines.joined(separator: " or "), engines.contains)
        if let engine = engine.flatMap(Target.Engine.init(rawValue:)) { target.engine = engine }
        target.context = reader.text(node["context"], "context", "a context of the kubeconfig") { !$0.isEmpty }
        target.namespace = reader.text(node["namespace"], "namespace", "the name of a namespace", Names.isLabelName)
        target.image = reader.text(node["image"], "image", "a reference such as registry/name@sha256:…") {
            !$0.isEmpty && !$0.contains { $0.isWhitespace }
        }
        target.labels = reader.pairs(node["labels"], "labels", Names.isQualified, Names.isLabelValue) ?? [:]
        target.annotations = reader.pairs(node["annotations"], "annotations") ?? [:]
    }

    private mutating func readPods(_ node: YAMLNode, _ target: inout Target) {
        if let count = reader.integer(node["replicas"], "replicas", 0...10_000) { target.replicas = count }
        if let node = node["autoscale"] { target.autoscale = autoscale(node, target.replicas) }
        if let node = node["resources"] { target.resources = resources(node) }
        if let node = node["env"] { target.environment = environment(node) }
        if let node = node["secrets"] { target.secrets = secrets(node) }
        target.arguments = reader.texts(node["args"], "args", "an argument of 'apus serve'") { _ in true } ?? []
        let isObject = Names.isObjectName
        target.pullSecrets = reader.texts(node["pull-secrets"], "pull-secrets", "the name of a Secret", isObject) ?? []
        target.nodeSelector =
            reader.pairs(node["node-selector"], "node-selector", Names.isQualified, Names.isLabelValue) ?? [:]
        if let node = node["tolerations"] {
            target.tolerations = node.value.list ?? []
            if target.tolerations.contains(where: { $0.map == nil }) || node.value.list == nil {
                reader.complain(node, "'tolerations' must be a list of mappings, as Kubernetes has them")
            }
        }
        if let node = node["spread"] { target.spread = spread(node) }
    }

    private mutating func autoscale(_ node: YAMLNode, _ replicas: Int) -> Target.Autoscale? {
        guard reader.check(node, "autoscale", ["min", "max", "cpu", "memory"]) else { return nil }
        guard let max = reader.integer(node["max"], "max", 1...10_000) else {
            if node["max"] == nil { reader.complain(node, "'autoscale' has no 'max'") }
            return nil
        }
        let min = reader.integer(node["min"], "min", 0...10_000) ?? Swift.min(Swift.max(replicas, 1), max)
        if min > max { reader.complain(node["min"] ?? node, "'min' must not be greater than 'max'") }
        var scale = Target.Autoscale(min: min, max: max)
        scale.cpu = reader.integer(node["cpu"], "cpu", 1...1000)
        scale.memory = reader.integer(node["memory"], "memory", 1...1000)
        if scale.cpu == nil, scale.memory == nil { scale.cpu = 80 }
        return scale
    }

    /// `{cpu: 1, memory: 1Gi, gpu: 1}` asks for these, and limits memory and GPUs; `requests` and `limits` say more.
    private mutating func resources(_ node: YAMLNode) -> Target.Resources {
        var resources = Target.Resources()
        guard reader.check(node, "resources", ["cpu", "memory", "gpu", "requests", "limits"]) else { return resources }
        let what = "an amount such as 2, 500m or 4Gi"
        resources.requests["cpu"] = reader.text(node["cpu"], "cpu", what, Names.isQuantity)
        let memory = reader.text(node["memory"], "memory", what, Names.isQuantity)
        (resources.requests["memory"], resources.limits["memory"]) = (memory, memory)
        if let count = reader.integer(node["gpu"], "gpu", 0...64), count > 0 {
            resources.requests["nvidia.com/gpu"] = "\(count)"
            resources.limits["nvidia.com/gpu"] = "\(count)"
        }
        let requests = reader.pairs(node["requests"], "requests", Names.isQualified, Names.isQuantity)
        let limits = reader.pairs(node["limits"], "limits", Names.isQualified, Names.isQuantity)
        resources.requests.merge(requests ?? [:]) { $1 }
        resources.limits.merge(limits ?? [:]) { $1 }
        return resources
    }

    private mutating func environment(_ node: YAMLNode) -> [(name: String, value: Target.Variable)] {
        guard case .mapping(let entries, _) = node.kind else {
            reader.complain(node, "'env' must be a mapping of names to values")
            return []
        }
        return entries.compactMap { entry in
            guard let name = FieldReader.text(entry.key), Names.isVariable(name) else {
                reader.complain(entry.key, "this cannot be the name of a variable")
                return nil
            }
            return variable(name, entry.value).map { (name, $0) }
        }
    }

    private mutating func variable(_ name: String, _ node: YAMLNode) -> Target.Variable? {
        if let text = FieldReader.text(node) {
            if Self.secretEndings.contains(where: name.uppercased().hasSuffix) {
                reader.complain(
                    node,
                    "'\(name)' looks like a secret, which would be readable here and in the cluster",
                    hint: "refer to a Secret instead: \(name): {secret: NAME, key: KEY}"
                )
            }
            return .literal(text)
        }
        guard reader.check(node, "env.\(name)", ["secret", "config-map", "key", "field"]) else { return nil }
        let key = reader.text(node["key"], "key", "the key of an entry") { !$0.isEmpty } ?? name
        let what = "the name of an object"
        if let secret = reader.text(node["secret"], "secret", what, Names.isObjectName) {
            return .secret(secret, key: key)
        }
        if let map = reader.text(node["config-map"], "config-map", what, Names.isObjectName) {
            return .configMap(map, key: key)
        }
        if let field = reader.text(node["field"], "field", "a field of the pod", { !$0.isEmpty }) {
            return .field(field)
        }
        reader.complain(node, "'env.\(name)' must be a value, or have 'secret', 'config-map' or 'field'")
        return nil
    }

    private static let secretEndings = ["PASSWORD", "SECRET", "_TOKEN", "API_KEY", "ACCESS_KEY", "PRIVATE_KEY"]

    private mutating func secrets(_ node: YAMLNode) -> [Target.Secret] {
        var items = [node]
        if case .sequence(let list, _) = node.kind { items = list }
        let what = "the name of a Secret"
        return items.compactMap { item in
            guard case .mapping = item.kind else {
                let name = reader.text(item, "secrets", what + ", or a list of such", Names.isObjectName)
                return name.map { Target.Secret(name: $0, mount: nil) }
            }
            guard reader.check(item, "secrets", ["name", "mount"]) else { return nil }
            let mount = reader.text(item["mount"], "mount", "an absolute path") {
                $0.hasPrefix("/") && !$0.contains(":")
            }
            guard let name = reader.text(item["name"], "name", what, Names.isObjectName) else {
                if item["name"] == nil { reader.complain(item, "a Secret has no 'name'") }
                return nil
            }
            return Target.Secret(name: name, mount: mount)
        }
    }

    /// `false`, or `{host: soft, zone: strict}`.
    private mutating func spread(_ node: YAMLNode) -> [Target.Spread] {
        if let flag = node.value.bool { return flag ? Target(name: "", line: 0).spread : [] }
        guard reader.check(node, "spread", ["host", "zone"]) else { return [] }
        let keys = [("host", "kubernetes.io/hostname"), ("zone", "topology.kubernetes.io/zone")]
        return keys.compactMap { name, key in
            let word = reader.text(node[Value.Key(name)], name, "soft or strict") { ["soft", "strict"].contains($0) }
            return word.map { Target.Spread(topologyKey: key, isStrict: $0 == "strict") }
        }
    }
}

extension TargetReader {
    private mutating func readNetwork(_ node: YAMLNode, _ target: inout Target) {
        if let port = reader.integer(node["port"], "port", 1024...65_535) { target.port = port }
        if let grpc = node["grpc"] {
            if let flag = grpc.value.bool {
                target.grpcPort = flag ? target.port + 1 : nil
            } else {
                target.grpcPort = reader.integer(grpc, "grpc", 1024...65_535)
            }
            if target.grpcPort == target.port { reader.complain(grpc, "'grpc' must be another port than 'port'") }
            if let port = target.grpcPort, port > 65_535 { reader.complain(grpc, "'grpc' needs a port") }
        }
        let types = ["ClusterIP", "NodePort", "LoadBalancer"]
        let what = types.joined(separator: ", ")
        target.serviceType = reader.text(node["service-type"], "service-type", what, types.contains) ?? "ClusterIP"
        if let port = reader.integer(node["service-port"], "service-port", 1...65_535) { target.servicePort = port }
        if let node = node["ingress"] { target.ingress = ingress(node) }
        if let node = node["route"] { target.route = route(node) }
        if let node = node["network-policy"], node.value.bool != false { target.networkPolicy = policy(node) }
        if let node = node["monitor"], node.value.bool != false { target.monitor = monitor(node) }
    }

    private mutating func hosts(_ node: YAMLNode, _ subject: String) -> [String] {
        let named = node["host"] ?? node["hosts"]
        if named == nil { reader.complain(node, "'\(subject)' has no 'host'") }
        return reader.texts(named, "host", "a host such as digits.example.com", Names.isHost) ?? []
    }

    private mutating func path(_ node: YAMLNode) -> String {
        reader.text(node["path"], "path", "a path") { $0.hasPrefix("/") } ?? "/"
    }

    private mutating func ingress(_ node: YAMLNode) -> Target.Ingress? {
        let known = ["host", "hosts", "path", "class", "tls", "annotations"]
        guard reader.check(node, "ingress", known) else { return nil }
        var ingress = Target.Ingress(hosts: hosts(node, "ingress"), path: path(node))
        ingress.className = reader.text(node["class"], "class", "the name of an IngressClass", Names.isObjectName)
        ingress.tlsSecret = reader.text(node["tls"], "tls", "the name of a Secret", Names.isObjectName)
        ingress.annotations = reader.pairs(node["annotations"], "annotations") ?? [:]
        return ingress
    }

    private mutating func route(_ node: YAMLNode) -> Target.Route? {
        guard reader.check(node, "route", ["host", "hosts", "path", "gateway"]) else { return nil }
        var route = Target.Route(hosts: hosts(node, "route"), path: path(node))
        let what = "the name of a Gateway, or namespace/name"
        let gateway = reader.text(node["gateway"], "gateway", what) { text in
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            return parts.count <= 2 && parts.allSatisfy { Names.isObjectName(String($0)) }
        }
        if node["gateway"] == nil { reader.complain(node, "'route' has no 'gateway'") }
        let parts = gateway?.split(separator: "/").map(String.init) ?? []
        route.gateway = parts.last ?? ""
        route.gatewayNamespace = parts.count == 2 ? parts[0] : nil
        return route
    }

    private mutating func policy(_ node: YAMLNode) -> Target.NetworkPolicy? {
        var policy = Target.NetworkPolicy()
        if node.value.bool == true { return policy }
        guard reader.check(node, "network-policy", ["from", "egress"]) else { return nil }
        policy.from = reader.texts(node["from"], "from", "the name of a namespace", Names.isLabelName) ?? []
        policy.allowsEgress = reader.flag(node["egress"], "egress") ?? false
        return policy
    }

    private mutating func monitor(_ node: YAMLNode) -> Target.Monitor? {
        var monitor = Target.Monitor()
        if node.value.bool == true { return monitor }
        guard reader.check(node, "monitor", ["interval", "labels"]) else { return nil }
        if let seconds = reader.seconds(node["interval"], "interval", 1...3600) { monitor.interval = "\(seconds)s" }
        monitor.labels = reader.pairs(node["labels"], "labels", Names.isQualified, Names.isLabelValue) ?? [:]
        return monitor
    }

    private mutating func readTimes(_ node: YAMLNode, _ target: inout Target) {
        if let time = reader.seconds(node["drain"], "drain", 0...3600) { target.drain = time }
        if let time = reader.seconds(node["shutdown"], "shutdown", 1...3600) { target.shutdown = time }
        if let time = reader.seconds(node["startup"], "startup", 1...3600) { target.startup = time }
        if let time = reader.seconds(node["settle"], "settle", 0...600) { target.settle = time }
        if let time = reader.seconds(node["deadline"], "deadline", 1...36_000) { target.deadline = time }
    }

    /// A mapping, the path of a file, or a list of such.
    private mutating func readPatches(_ node: YAMLNode?, _ target: inout Target) {
        guard let node else { return }
        var items = [node]
        if case .sequence(let list, _) = node.kind { items = list }
        for item in items {
            if let path = item.value.string {
                target.patchFiles.append((item.line, path))
            } else if let kind = item["kind"]?.value.string, !kind.isEmpty {
                target.patches.append(Target.Patch(line: item.line, value: item.value))
            } else {
                reader.complain(item, "a 'patch' must be a mapping with a 'kind', or the path of a file with one")
            }
        }
    }

    private mutating func checkTogether(_ node: YAMLNode, _ target: Target) {
        if target.engine == .deployment, target.autoscale?.min == 0 {
            reader.complain(
                node["autoscale"] ?? node,
                "without KServe there must be one replica at least",
                hint: "'engine: kserve' scales to zero"
            )
        }
        if target.autoscale?.cpu != nil, target.resources.requests["cpu"] == nil {
            reader.complain(node["autoscale"] ?? node, "'autoscale' by cpu needs 'resources.cpu'")
        }
        if target.drain + target.shutdown > 3600 {
            reader.complain(node["drain"] ?? node, "'drain' and 'shutdown' together must be an hour at most")
        }
    }
}
