import Values

/// What a controller says of an object, such as `Available` of a Deployment.
package struct Condition: Sendable, Hashable {
    package let type: String
    /// `True`, `False` or `Unknown`.
    package let status: String
    /// One word for programs.
    package let reason: String?
    package let message: String?
    /// RFC 3339.
    package let lastTransitionTime: String?

    package var isTrue: Bool { status == "True" }
    package var isFalse: Bool { status == "False" }
}

extension ClusterObject {
    package var conditions: [Condition] {
        (self["status", "conditions"]?.list ?? []).map { value in
            Condition(
                type: value["type"]?.string ?? "",
                status: value["status"]?.string ?? "Unknown",
                reason: value["reason"]?.string,
                message: value["message"]?.string,
                lastTransitionTime: value["lastTransitionTime"]?.string
            )
        }
    }

    package func condition(_ type: String) -> Condition? { conditions.first { $0.type == type } }
}
