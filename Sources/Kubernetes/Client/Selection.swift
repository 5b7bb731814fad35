/// Which objects of a kind are meant.
package struct Selection: Sendable, Hashable {
    /// Nil is the namespace of the access.
    package var namespace: String?
    package var allNamespaces = false
    /// `app=web,track!=canary`
    package var labels: String?
    /// `status.phase=Running`
    package var fields: String?
    /// Only the object of this name.
    package var name: String?

    package init(
        namespace: String? = nil,
        allNamespaces: Bool = false,
        labels: String? = nil,
        fields: String? = nil,
        name: String? = nil
    ) {
        self.namespace = namespace
        self.allNamespaces = allNamespaces
        self.labels = labels
        self.fields = fields
        self.name = name
    }

    var query: [(name: String, value: String)] {
        var query: [(name: String, value: String)] = []
        if let labels { query.append(("labelSelector", labels)) }
        let fields = [fields, name.map { "metadata.name=\($0)" }].compactMap(\.self)
        if !fields.isEmpty { query.append(("fieldSelector", fields.joined(separator: ","))) }
        return query
    }
}

/// Objects as they were at one moment.
package struct ObjectList: Sendable {
    package let items: [ClusterObject]
    /// The moment, from which a watch can go on.
    package let resourceVersion: String
}

/// What happens to the objects that one owns.
package enum Propagation: String, Sendable {
    /// They are deleted afterwards.
    case background = "Background"
    /// They are deleted before it.
    case foreground = "Foreground"
    /// They stay.
    case orphan = "Orphan"
}

/// How a patch is written.
package enum PatchType: String, Sendable {
    /// RFC 7386
    case merge = "application/merge-patch+json"
    /// Lists are merged by the keys of their elements; not for custom resources.
    case strategic = "application/strategic-merge-patch+json"
    /// RFC 6902
    case json = "application/json-patch+json"
}
