import OrderedCollections
package import Values

/// Kubernetes's strategic merge patch: lists whose elements have names are merged by these.
///
/// `$patch: delete` and `$patch: replace`, `$retainKeys` and `$deleteFromPrimitiveList/…` are honoured; null removes an
/// entry. https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md
package enum StrategicMerge {
    /// Gives `original` with the patch's changes.
    package static func merge(_ patch: Value, into original: Value) -> Value {
        merged(patch, original, field: "", parent: "") ?? .null
    }

    /// The keys that elements of a list are told apart by, by the list's name.
    private static func mergeKey(_ field: String, parent: String) -> Value.Key? {
        // The ports of a Service and those of a container have different keys.
        if field == "ports" { return parent == "containers" || parent == "initContainers" ? "containerPort" : "port" }
        // Of what has several templates of the same name, only pods' lists are merged.
        return [
            "containers": "name", "initContainers": "name", "ephemeralContainers": "name", "env": "name",
            "volumes": "name", "volumeMounts": "mountPath", "volumeDevices": "devicePath", "imagePullSecrets": "name",
            "topologySpreadConstraints": "topologyKey", "hostAliases": "ip", "secrets": "name",
        ][field]
    }

    /// Collections of which just one member may be set besides these: a new one takes the place of the old one.
    private static let unions: [String: Set<String>] = ["volumes": ["name"], "env": ["name"], "strategy": ["type"]]

    /// What becomes of an entry; nil when it goes.
    private static func merged(_ patch: Value, _ original: Value?, field: String, parent: String) -> Value? {
        switch patch {
        case .null: return nil
        case .map(let map): return merged(map, original, field: field)
        case .list(let items):
            guard let key = mergeKey(field, parent: parent), items.allSatisfy({ $0.map != nil }) else { return patch }
            return .list(merged(items, original?.list ?? [], by: key, field: field))
        default: return patch
        }
    }

    private static func merged(_ patch: Value.Map, _ original: Value?, field: String) -> Value? {
        switch patch["$patch"]?.string {
        case "delete": return nil
        case "replace": return .map(withoutDirectives(patch))
        default: break
        }
        var result = original?.map ?? Value.Map()
        if let kept = patch["$retainKeys"]?.list { result.removeAll { key, _ in !kept.contains(.string(key.text)) } }
        if let common = unions[field] {
            let members = patch.keys.filter { !common.contains($0.text) && !$0.text.hasPrefix("$") }
            if !members.isEmpty { result.removeAll { key, _ in !common.contains(key.text) && !members.contains(key) } }
        }
        if field == "strategy", patch["type"] == .string("Recreate") { result.removeValue(forKey: "rollingUpdate") }
        for (key, value) in patch {
            if key.text.hasPrefix("$deleteFromPrimitiveList/") {
                let name = Value.Key(String(key.text.dropFirst("$deleteFromPrimitiveList/".count)))
                let gone = value.list ?? []
                if let items = result[name]?.list { result[name] = .list(items.filter { !gone.contains($0) }) }
            } else if !key.text.hasPrefix("$") {
                result[key] = merged(value, result[key], field: key.text, parent: field)
            }
        }
        return .map(result)
    }

    private static func merged(_ patch: [Value], _ original: [Value], by key: Value.Key, field: String) -> [Value] {
        let isReplacing = patch.contains { $0["$patch"] == .string("replace") && $0[key] == nil }
        var result = isReplacing ? [] : original
        for item in patch {
            guard let name = item[key] else { continue }
            let index = result.firstIndex { $0[key] == name }
            let value = merged(item, index.map { result[$0] }, field: field, parent: field)
            switch (index, value) {
            case (let index?, let value?): result[index] = value
            case (let index?, nil): result.remove(at: index)
            case (nil, let value?): result.append(value)
            case (nil, nil): break
            }
        }
        return result
    }

    private static func withoutDirectives(_ map: Value.Map) -> Value.Map {
        map.filter { !$0.key.text.hasPrefix("$") }
    }
}

/// Puts patches onto the objects that they are for.
enum Patching {
    static func apply(_ patches: [Target.Patch], to manifests: [Manifest]) throws(RenderingError) -> [Manifest] {
        var manifests = manifests
        for patch in patches {
            let kind = patch.value["kind"]?.string ?? ""
            let name = patch.value["metadata"]?["name"]?.string
            let fits: (Manifest) -> Bool = { $0.kind == kind && (name == nil || $0.name == name) }
            guard let index = manifests.firstIndex(where: fits) else {
                throw .strayPatch(line: patch.line, kind: kind, known: manifests.map(\.kind))
            }
            let old = manifests[index]
            guard patch.value["$patch"] != .string("delete") else {
                manifests.remove(at: index)
                continue
            }
            let value = StrategicMerge.merge(patch.value, into: old.value)
            for field in ["name", "namespace"] as [Value.Key] {
                guard value["metadata"]?[field] == old.value["metadata"]?[field] else {
                    throw .patchedIdentity(line: patch.line, field: "metadata.\(field)")
                }
            }
            manifests[index] = Manifest(kind: old.kind, name: old.name, value: value)
        }
        return manifests
    }
}
