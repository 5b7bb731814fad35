/// A resource as the server publishes it: where the objects of a kind are found.
package struct APIResource: Sendable, Hashable {
    /// Empty for the core group.
    package let group: String
    package let version: String
    package let kind: String
    /// The name in paths.
    package let plural: String
    package let isNamespaced: Bool
    package let verbs: [String]

    package init(
        group: String,
        version: String,
        kind: String,
        plural: String,
        isNamespaced: Bool,
        verbs: [String] = []
    ) {
        self.group = group
        self.version = version
        self.kind = kind
        self.plural = plural
        self.isNamespaced = isNamespaced
        self.verbs = verbs
    }

    package var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }

    /// The path of an object, or of all; without a namespace those of all namespaces.
    package func path(name: String? = nil, namespace: String?, subresource: String? = nil) -> String {
        var parts = group.isEmpty ? ["api", version] : ["apis", group, version]
        if isNamespaced, let namespace { parts += ["namespaces", namespace] }
        parts.append(plural)
        if let name { parts.append(name) }
        // A subresource may have a path of its own below it.
        let tail = subresource.map { "/" + $0 } ?? ""
        return "/" + parts.map(PercentEncoding.segment).joined(separator: "/") + tail
    }
}
