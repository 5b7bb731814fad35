import OrderedCollections
import Values

extension Cluster {
    /// Objects in a page, and in all.
    private static let pageSize = 500
    private static let countLimit = 100_000

    /// Gives all objects of a selection, however many pages it takes.
    package func list(_ kind: Kind, _ selection: Selection = Selection()) async throws -> ObjectList {
        let resource = try await resource(kind)
        do {
            return try await pages(resource, selection, size: Self.pageSize)
        } catch let error as ClusterError where error.refusal?.cause == .gone {
            // The first pages are of a moment that the server has forgotten.
            return try await pages(resource, selection, size: nil)
        }
    }

    private func pages(_ resource: APIResource, _ selection: Selection, size: Int?) async throws -> ObjectList {
        var items: [ClusterObject] = []
        var next: String?
        repeat {
            var call = APICall(.get, path(resource, selection), "list \(resource.plural)")
            call.query = selection.query
            if let size { call.query.append(("limit", "\(size)")) }
            if let next { call.query.append(("continue", next)) }
            let page = try await answer(call)
            guard let found = page["items"]?.list ?? (page["items"] == .null ? [] : nil) else {
                throw ClusterError.malformed(server: server, "a list without items")
            }
            items += found.map { ClusterObject(completed($0, of: resource)) }
            guard items.count <= Self.countLimit else {
                throw ClusterError.malformed(server: server, "more than \(Self.countLimit) objects")
            }
            next = page["metadata"]?["continue"]?.string.flatMap { $0.isEmpty ? nil : $0 }
            if next == nil {
                let version = page["metadata"]?["resourceVersion"]?.string ?? ""
                return ObjectList(items: items, resourceVersion: version)
            }
        } while true
    }

    func path(_ resource: APIResource, _ selection: Selection) -> String {
        resource.path(namespace: selection.allNamespaces ? nil : selection.namespace ?? access.namespace)
    }

    /// The elements of a list do not tell their kind.
    private func completed(_ item: Value, of resource: APIResource) -> Value {
        guard var map = item.map else { return item }
        if map["kind"] == nil { map["kind"] = .string(resource.kind) }
        if map["apiVersion"] == nil { map["apiVersion"] = .string(resource.apiVersion) }
        return .map(map)
    }

    /// What the parts of the cluster told about an object, the oldest first.
    package func events(of object: ObjectReference) async throws -> [ClusterEvent] {
        var fields = ["involvedObject.kind=\(object.kind)", "involvedObject.name=\(object.name)"]
        if let uid = object.uid { fields.append("involvedObject.uid=\(uid)") }
        let selection = Selection(namespace: object.namespace, fields: fields.joined(separator: ","))
        return try await list(.event, selection).items.map(ClusterEvent.init).sorted { $0.lastSeen < $1.lastSeen }
    }
}
