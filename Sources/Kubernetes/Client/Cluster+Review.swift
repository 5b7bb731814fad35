import OrderedCollections
import Values

/// Who the cluster takes the user for.
package struct Identity: Sendable, Hashable {
    package let user: String
    package let groups: [String]
}

/// Whether something is allowed, and what the cluster says of it.
package struct Permission: Sendable, Hashable {
    package let isAllowed: Bool
    package let reason: String
}

extension Cluster {
    /// Asks who one is; nil where the server cannot tell, before Kubernetes 1.28.
    package func whoAmI() async throws -> Identity? {
        let group = "authentication.k8s.io"
        guard let resource = try await resource("SelfSubjectReview", group: group, oneOf: ["v1", "v1beta1"]) else {
            return nil
        }
        let answer = try await review(resource, [:], "ask who you are")
        guard let info = answer["status"]?["userInfo"], let user = info["username"]?.string else { return nil }
        return Identity(
            user: Printable.text(user),
            groups: (info["groups"]?.list ?? []).compactMap { $0.string.map { Printable.text($0) } }
        )
    }

    /// Asks whether something may be done; without a name, with all objects of the kind.
    package func mayI(
        _ verb: String,
        _ kind: Kind,
        name: String? = nil,
        subresource: String? = nil,
        namespace: String? = nil
    ) async throws -> Permission {
        let resource = try await resource(kind)
        let review = try await self.resource(Kind("SelfSubjectAccessReview", group: "authorization.k8s.io"))
        var attributes: Value.Map = [
            "verb": .string(verb), "group": .string(resource.group), "version": .string(resource.version),
            "resource": .string(resource.plural),
        ]
        if resource.isNamespaced { attributes["namespace"] = .string(namespace ?? access.namespace) }
        if let name { attributes["name"] = .string(name) }
        if let subresource { attributes["subresource"] = .string(subresource) }
        let answer = try await self.review(review, ["resourceAttributes": .map(attributes)], "ask what you may do")
        return Permission(
            isAllowed: answer["status"]?["allowed"]?.bool ?? false,
            reason: Printable.text(answer["status"]?["reason"]?.string ?? "")
        )
    }

    private func review(_ resource: APIResource, _ spec: Value.Map, _ action: String) async throws -> Value {
        var call = APICall(.post, resource.path(namespace: nil), action)
        call.body = .map([
            "apiVersion": .string(resource.apiVersion), "kind": .string(resource.kind), "spec": .map(spec),
        ])
        return try await answer(call)
    }
}
