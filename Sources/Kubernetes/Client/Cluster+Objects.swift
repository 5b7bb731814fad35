import OrderedCollections
package import Values

extension Cluster {
    package func get(_ kind: Kind, _ name: String, namespace: String? = nil) async throws -> ClusterObject {
        let resource = try await resource(kind)
        let path = resource.path(name: name, namespace: namespace ?? access.namespace)
        return ClusterObject(try await answer(APICall(.get, path, "get \(title(resource, name, namespace))")))
    }

    /// Gives the object; nil when there is none, or the cluster does not even have the kind.
    package func find(_ kind: Kind, _ name: String, namespace: String? = nil) async throws -> ClusterObject? {
        do {
            return try await get(kind, name, namespace: namespace)
        } catch let error as ClusterError {
            if case .unknownKind = error { return nil }
            if error.refusal?.cause == .notFound { return nil }
            throw error
        }
    }

    /// Creates an object that must not be there; not tried again, as it would be there the second time.
    package func create(
        _ object: ClusterObject,
        dryRun: Bool = false,
        manager: String? = nil
    ) async throws -> ClusterObject {
        let resource = try await resource(of: object)
        let namespace = object.namespace ?? access.namespace
        let action = "create \(title(resource, object.name, namespace))"
        var call = APICall(.post, resource.path(namespace: namespace), action)
        call.body = object.value
        call.query = options(dryRun: dryRun, manager: manager)
        call.isRepeatable = false
        return ClusterObject(try await answer(call))
    }

    /// Makes the object's fields so, by server-side apply, and creates it when there is none.
    ///
    /// A field that another manager set is a conflict, unless `force` takes it over.
    package func apply(
        _ object: ClusterObject,
        manager: String,
        force: Bool = false,
        dryRun: Bool = false
    ) async throws -> ClusterObject {
        let resource = try await resource(of: object)
        let namespace = object.namespace ?? access.namespace
        let action = (dryRun ? "try to apply " : "apply ") + title(resource, object.name, namespace)
        var call = APICall(.patch, resource.path(name: object.name, namespace: namespace), action)
        // JSON is YAML, too.
        call.contentType = "application/apply-patch+yaml"
        call.body = object.value
        call.query = options(dryRun: dryRun, manager: manager) + (force ? [("force", "true")] : [])
        return ClusterObject(try await answer(call))
    }

    /// Puts an object in the place of the one of its name; one with a `resourceVersion` only when nobody changed it since.
    package func replace(
        _ object: ClusterObject,
        dryRun: Bool = false,
        manager: String? = nil
    ) async throws -> ClusterObject {
        let resource = try await resource(of: object)
        let namespace = object.namespace ?? access.namespace
        let action = "replace \(title(resource, object.name, namespace))"
        var call = APICall(.put, resource.path(name: object.name, namespace: namespace), action)
        call.body = object.value
        call.query = options(dryRun: dryRun, manager: manager)
        // A second try would be told that the first changed the object.
        call.isRepeatable = object.resourceVersion == nil
        return ClusterObject(try await answer(call))
    }

    package func patch(
        _ kind: Kind,
        _ name: String,
        namespace: String? = nil,
        subresource: String? = nil,
        _ patch: Value,
        type: PatchType = .merge,
        dryRun: Bool = false,
        manager: String? = nil
    ) async throws -> ClusterObject {
        let resource = try await resource(kind)
        let path = resource.path(name: name, namespace: namespace ?? access.namespace, subresource: subresource)
        var call = APICall(.patch, path, "change \(title(resource, name, namespace))")
        call.contentType = type.rawValue
        call.body = patch
        call.query = options(dryRun: dryRun, manager: manager)
        call.isRepeatable = type != .json
        return ClusterObject(try await answer(call))
    }

    /// Deletes an object; false when it is not there.
    ///
    /// With `uid` only the very object that has it, and no newer one of the name.
    @discardableResult
    package func delete(
        _ kind: Kind,
        _ name: String,
        namespace: String? = nil,
        propagation: Propagation = .background,
        gracePeriod: Int? = nil,
        uid: String? = nil,
        dryRun: Bool = false
    ) async throws -> Bool {
        do {
            let resource = try await resource(kind)
            let path = resource.path(name: name, namespace: namespace ?? access.namespace)
            var call = APICall(.delete, path, "delete \(title(resource, name, namespace))")
            var options: Value.Map = [
                "apiVersion": .string("v1"), "kind": .string("DeleteOptions"),
                "propagationPolicy": .string(propagation.rawValue),
            ]
            if let gracePeriod { options["gracePeriodSeconds"] = .int(gracePeriod) }
            if let uid { options["preconditions"] = .map(["uid": .string(uid)]) }
            if dryRun { options["dryRun"] = .list([.string("All")]) }
            call.body = .map(options)
            _ = try await bytes(call)
            return true
        } catch let error as ClusterError {
            if case .unknownKind = error { return false }
            if error.refusal?.cause == .notFound { return false }
            throw error
        }
    }

    func resource(of object: ClusterObject) async throws -> APIResource {
        try await resource(Kind(apiVersion: object.apiVersion, object.kind))
    }

    private func options(dryRun: Bool, manager: String?) -> [(name: String, value: String)] {
        var query: [(name: String, value: String)] = []
        if let manager { query.append(("fieldManager", manager)) }
        if dryRun { query.append(("dryRun", "All")) }
        return query
    }

    /// What messages call an object; the namespace only where it is not the usual one.
    func title(_ resource: APIResource, _ name: String, _ namespace: String?) -> String {
        let place = resource.isNamespaced ? namespace.flatMap { $0 == access.namespace ? nil : $0 } : nil
        let text = name.isEmpty ? resource.kind : "\(resource.kind) '\(Printable.text(name))'"
        return text + (place.map { " in namespace '\(Printable.text($0))'" } ?? "")
    }
}
