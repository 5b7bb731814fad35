import OrderedCollections
package import Values

/// An object of the API: its JSON, with views of what is looked at often.
///
/// The cluster's answers are not trusted to have the usual form: what is missing or of another type reads as empty.
package struct ClusterObject: Sendable, Hashable {
    package var value: Value

    package init(_ value: Value) {
        self.value = value
    }

    package var apiVersion: String { value["apiVersion"]?.string ?? "" }
    package var kind: String { value["kind"]?.string ?? "" }
    package var name: String { self["metadata", "name"]?.string ?? "" }
    package var namespace: String? { self["metadata", "namespace"]?.string }
    package var uid: String? { self["metadata", "uid"]?.string }
    package var resourceVersion: String? { self["metadata", "resourceVersion"]?.string }
    /// The number of the specification, which counts its changes.
    package var generation: Int? { self["metadata", "generation"]?.int }
    /// The specification that the status is about.
    package var observedGeneration: Int? { self["status", "observedGeneration"]?.int }
    /// RFC 3339.
    package var creationTimestamp: String? { self["metadata", "creationTimestamp"]?.string }
    /// Set when the object is being deleted.
    package var deletionTimestamp: String? { self["metadata", "deletionTimestamp"]?.string }
    package var labels: [String: String] { strings(self["metadata", "labels"]) }
    package var annotations: [String: String] { strings(self["metadata", "annotations"]) }

    /// What a message calls it: `Deployment 'web'`.
    package var title: String { "\(kind) '\(name)'" }

    /// What leads to this object.
    package var reference: ObjectReference {
        ObjectReference(apiVersion: apiVersion, kind: kind, name: name, namespace: namespace, uid: uid)
    }

    /// The objects with which this one is deleted.
    package var owners: [ObjectReference] {
        (self["metadata", "ownerReferences"]?.list ?? []).map { ObjectReference($0, namespace: namespace) }
    }

    /// The owner that takes care of this object, as a ReplicaSet does of its pods.
    package var controller: ObjectReference? { owners.first { $0.isController } }

    package func matches(labels wanted: [String: String]) -> Bool {
        let labels = labels
        return wanted.allSatisfy { labels[$0.key] == $0.value }
    }

    /// The value that a path of keys leads to.
    package subscript(_ path: String...) -> Value? { self[path] }

    package subscript(_ path: [String]) -> Value? {
        var value: Value? = value
        for key in path { value = value?[Value.Key(key)] }
        return value
    }

    /// Sets what a path of keys leads to, and makes the mappings on the way; nil removes it.
    package mutating func set(_ new: Value?, at path: [String]) {
        value = Self.setting(new, at: path[...], in: value)
    }

    private static func setting(_ new: Value?, at path: ArraySlice<String>, in value: Value?) -> Value {
        guard let first = path.first else { return new ?? .null }
        var map = value?.map ?? [:]
        let key = Value.Key(first)
        if path.count == 1 {
            if let new { map[key] = new } else { map.removeValue(forKey: key) }
        } else if new != nil || map[key] != nil {
            map[key] = setting(new, at: path.dropFirst(), in: map[key])
        }
        return .map(map)
    }

    /// Without what the cluster adds by itself, for comparing.
    package var withoutNoise: ClusterObject {
        var result = self
        result.set(nil, at: ["status"])
        for key in ["managedFields", "resourceVersion", "uid", "generation", "creationTimestamp", "selfLink"] {
            result.set(nil, at: ["metadata", key])
        }
        return result
    }
}

/// The entries of a mapping that are strings.
func strings(_ value: Value?) -> [String: String] {
    var result: [String: String] = [:]
    for (key, value) in value?.map ?? [:] { result[key.text] = value.string }
    return result
}
