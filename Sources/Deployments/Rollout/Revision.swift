import OrderedCollections
package import Values

/// A revision of a Deployment, as its ReplicaSet keeps it.
package struct Revision: Sendable, Hashable {
    package let number: Int
    package let replicaSet: Value
    package let image: String
    package let commit: String?
    package let model: String?
    package let modelVersion: String?
    package let user: String?
    package let time: String?
    package let replicas: Int
    package let readyReplicas: Int
    package var isCurrent = false

    init?(_ replicaSet: Value) {
        let annotations = replicaSet["metadata"]?["annotations"]
        guard let number = annotations?[RolloutView.revisionKey]?.string.flatMap({ Int($0) }) else { return nil }
        let note: (String) -> String? = { annotations?[Value.Key($0)]?.string }
        self.number = number
        self.replicaSet = replicaSet
        image = replicaSet["spec"]?["template"]?["spec"]?["containers"]?.list?.first?["image"]?.string ?? ""
        commit = note(Provenance.Key.commit)
        model = note(Provenance.Key.model)
        modelVersion = note(Provenance.Key.modelVersion)
        user = note(Provenance.Key.user)
        time = note(Provenance.Key.time) ?? replicaSet["metadata"]?["creationTimestamp"]?.string
        replicas = replicaSet["spec"]?["replicas"]?.int ?? 0
        readyReplicas = replicaSet["status"]?["readyReplicas"]?.int ?? 0
    }

    /// The revisions that a Deployment's ReplicaSets hold, the newest first.
    package static func all(of deployment: Value, _ replicaSets: [Value]) -> [Revision] {
        let current = deployment["metadata"]?["annotations"]?[RolloutView.revisionKey]?.string
        return replicaSets.compactMap { set in
            guard var revision = Revision(set) else { return nil }
            revision.isCurrent = "\(revision.number)" == current
            return revision
        }.sorted { $0.number > $1.number }
    }

    package var json: Value {
        let optional: (String?) -> Value = { $0.map { .string($0) } ?? .null }
        return .object([
            "revision": .int(number), "current": .bool(isCurrent), "image": .string(image), "commit": optional(commit),
            "model": optional(model), "modelVersion": optional(modelVersion), "by": optional(user),
            "at": optional(time), "replicas": .int(replicas), "ready": .int(readyReplicas),
        ])
    }
}

/// Makes Deployments of others: of an earlier revision, a canary, the promotion of one.
package enum Derivation {
    private static let own = "apus/"
    private static let noise: Set<String> = [
        "uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "selfLink", "ownerReferences",
        "deletionTimestamp", "deletionGracePeriodSeconds",
    ]

    /// The Deployment as it is, with the template and the annotations of an earlier revision; to be applied.
    ///
    /// `keepsReplicas`: whether we, and not an autoscaler, say how many there are.
    package static func rollback(_ deployment: Value, to revision: Revision, keepsReplicas: Bool) -> Value {
        var value = plain(deployment, keepsReplicas: keepsReplicas)
        var template = revision.replicaSet["spec"]?["template"] ?? .null
        template = removing("pod-template-hash", template, in: ["metadata", "labels"])
        template = removing("creationTimestamp", template, in: ["metadata"])
        value = setting(template, value, at: ["spec", "template"])
        var annotations = value["metadata"]?["annotations"]?.map ?? [:]
        annotations.removeAll { key, _ in key.text.hasPrefix(own) }
        for (key, note) in revision.replicaSet["metadata"]?["annotations"]?.map ?? [:] where key.text.hasPrefix(own) {
            annotations[key] = note
        }
        return setting(.map(annotations), value, at: ["metadata", "annotations"])
    }

    /// What of a live object may be applied again.
    static func plain(_ object: Value, keepsReplicas: Bool) -> Value {
        var value = object
        if var map = value.map, var metadata = map["metadata"]?.map {
            map.removeValue(forKey: "status")
            metadata.removeAll { key, _ in noise.contains(key.text) }
            var annotations = metadata["annotations"]?.map ?? [:]
            annotations.removeAll { key, _ in
                key.text.hasPrefix("deployment.kubernetes.io/") || key.text.hasPrefix("kubectl.kubernetes.io/")
            }
            metadata["annotations"] = annotations.isEmpty ? nil : .map(annotations)
            map["metadata"] = .map(metadata)
            value = .map(map)
        }
        value = removing("creationTimestamp", value, in: ["spec", "template", "metadata"])
        return keepsReplicas ? value : removing("replicas", value, in: ["spec"])
    }

    /// The name of a target's canary.
    package static func canaryName(_ name: String) -> String { name + "-canary" }

    /// The canary that stands beside a Deployment, from the manifest that the target would have.
    package static func canary(of deployment: Manifest, replicas: Int, percent: Int) -> Manifest {
        let name = canaryName(deployment.name)
        var value = tracked(deployment.value, "canary")
        value = setting(.string(name), value, at: ["metadata", "name"])
        value = setting(.int(replicas), value, at: ["spec", "replicas"])
        value = setting(.string("\(percent)"), value, at: ["metadata", "annotations", Value.Key(Provenance.Key.share)])
        return Manifest(kind: deployment.kind, name: name, value: value)
    }

    /// The stable Deployment that a live canary becomes.
    package static func promotion(of canary: Value, onto stable: Value, keepsReplicas: Bool) -> Value {
        var value = tracked(plain(canary, keepsReplicas: false), "stable")
        let name = stable["metadata"]?["name"] ?? .null
        value = setting(name, value, at: ["metadata", "name"])
        if keepsReplicas, let count = stable["spec"]?["replicas"] {
            value = setting(count, value, at: ["spec", "replicas"])
        }
        return removing(Value.Key(Provenance.Key.share), value, in: ["metadata", "annotations"])
    }

    /// How many pods a canary has to have beside `stable` others for its share of the requests.
    package static func canaryReplicas(_ percent: Int, beside stable: Int) -> Int {
        let share = min(max(percent, 1), 99)
        let count = Double(stable * share) / Double(100 - share)
        return max(1, min(Int(count.rounded()), 10_000))
    }

    private static func tracked(_ value: Value, _ track: String) -> Value {
        let key = Value.Key(Provenance.Key.track)
        let places: [[Value.Key]] = [
            ["metadata", "labels"], ["spec", "selector", "matchLabels"], ["spec", "template", "metadata", "labels"],
        ]
        return places.reduce(value) { setting(.string(track), $0, at: $1 + [key]) }
    }

    /// Gives the value with `new` at a path, mappings made on the way.
    package static func setting(_ new: Value, _ value: Value, at path: [Value.Key]) -> Value {
        guard let first = path.first else { return new }
        var map = value.map ?? [:]
        map[first] = setting(new, map[first] ?? .null, at: Array(path.dropFirst()))
        return .map(map)
    }

    /// Gives the value without an entry of the mapping at a path.
    static func removing(_ key: Value.Key, _ value: Value, in path: [Value.Key]) -> Value {
        guard var map = value.map else { return value }
        if let first = path.first {
            guard let inner = map[first] else { return value }
            map[first] = removing(key, inner, in: Array(path.dropFirst()))
        } else {
            map.removeValue(forKey: key)
        }
        return .map(map)
    }

    /// Whether a field manager has applied how many replicas there are.
    package static func ownsReplicas(_ deployment: Value, manager: String) -> Bool {
        let entries = deployment["metadata"]?["managedFields"]?.list ?? []
        return entries.contains {
            $0["manager"] == .string(manager) && $0["operation"] == .string("Apply")
                && $0["fieldsV1"]?["f:spec"]?["f:replicas"] != nil
        }
    }
}
