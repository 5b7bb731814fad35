package import Values

/// What leads to an object.
package struct ObjectReference: Sendable, Hashable {
    package var apiVersion: String
    package var kind: String
    package var name: String
    package var namespace: String?
    package var uid: String?
    /// Whether this is an owner that takes care of the object it was read from.
    package var isController = false

    package init(apiVersion: String, kind: String, name: String, namespace: String? = nil, uid: String? = nil) {
        self.apiVersion = apiVersion
        self.kind = kind
        self.name = name
        self.namespace = namespace
        self.uid = uid
    }

    /// Reads an entry of `ownerReferences`, or an event's `involvedObject`.
    package init(_ value: Value?, namespace: String? = nil) {
        self.init(
            apiVersion: value?["apiVersion"]?.string ?? "",
            kind: value?["kind"]?.string ?? "",
            name: value?["name"]?.string ?? "",
            namespace: value?["namespace"]?.string ?? namespace,
            uid: value?["uid"]?.string
        )
        isController = value?["controller"]?.bool ?? false
    }
}
