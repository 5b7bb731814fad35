import OrderedCollections
import Values

/// What is known of the kinds that a server has; asked once for each group.
actor Discovery {
    /// The versions of the groups, the preferred one first; nil until asked.
    private var groups: [String: [String]]?
    private var resources: [String: [APIResource]] = [:]
    private var serverVersion: ServerVersion?

    func version(_ cluster: Cluster) async throws -> ServerVersion {
        if let serverVersion { return serverVersion }
        let answer = try await cluster.answer(APICall(.get, "/version", "ask for the cluster's version"))
        guard let version = ServerVersion(answer) else {
            throw ClusterError.malformed(server: cluster.server, "it tells no version")
        }
        serverVersion = version
        return version
    }

    /// The kind in the version that is insisted on, or the first of the group's versions that has it.
    func resource(_ kind: Kind, _ cluster: Cluster) async throws -> APIResource {
        let versions = try await versions(kind.group, cluster)
        for version in kind.version.map({ [$0] }) ?? versions where versions.contains(version) {
            if let found = try await resource(kind, version, cluster) { return found }
        }
        var served: [String] = []
        for version in versions {
            if let found = try await resource(kind, version, cluster) { served.append(found.apiVersion) }
        }
        // It may be installed meanwhile.
        if served.isEmpty { forget(kind.group) }
        throw ClusterError.unknownKind(kind, served: served)
    }

    private func resource(_ kind: Kind, _ version: String, _ cluster: Cluster) async throws -> APIResource? {
        try await resources(kind.group, version, cluster).first { $0.kind == kind.kind }
    }

    private func forget(_ group: String) {
        groups = nil
        for key in resources.keys where key.hasPrefix(group + "/") { resources[key] = nil }
    }

    private func versions(_ group: String, _ cluster: Cluster) async throws -> [String] {
        if group.isEmpty { return ["v1"] }
        if let groups { return groups[group] ?? [] }
        var call = APICall(.get, "/apis", "ask which kinds the cluster has")
        // Newer servers answer with all at once.
        call.accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json"
        let answer = try await cluster.answer(call)
        var found: [String: [String]] = [:]
        if answer["kind"]?.string == "APIGroupDiscoveryList" {
            for item in answer["items"]?.list ?? [] {
                guard let name = item["metadata"]?["name"]?.string else { continue }
                found[name] = noteAll(name, item["versions"]?.list ?? [])
            }
        } else {
            for item in answer["groups"]?.list ?? [] {
                guard let name = item["name"]?.string else { continue }
                let preferred = item["preferredVersion"]?["version"]?.string
                let versions = (item["versions"]?.list ?? []).compactMap { $0["version"]?.string }
                found[name] = versions.filter { $0 == preferred } + versions.filter { $0 != preferred }
            }
        }
        groups = found
        return found[group] ?? []
    }

    private func resources(_ group: String, _ version: String, _ cluster: Cluster) async throws -> [APIResource] {
        let key = "\(group)/\(version)"
        if let known = resources[key] { return known }
        let parts = group.isEmpty ? ["api", version] : ["apis", group, version]
        let path = "/" + parts.map(PercentEncoding.segment).joined(separator: "/")
        let answer: Value
        do {
            answer = try await cluster.answer(APICall(.get, path, "ask which kinds the cluster has in \(key)"))
        } catch let error as ClusterError where error.refusal?.cause == .notFound {
            // The list of groups goes on naming what was removed a moment ago, and names early what comes.
            return []
        }
        let found = (answer["resources"]?.list ?? []).compactMap { item -> APIResource? in
            guard let plural = item["name"]?.string, !plural.contains("/"), let kind = item["kind"]?.string else {
                return nil
            }
            return APIResource(
                group: group,
                version: version,
                kind: kind,
                plural: plural,
                isNamespaced: item["namespaced"]?.bool ?? false,
                verbs: (item["verbs"]?.list ?? []).compactMap(\.string)
            )
        }
        resources[key] = found
        return found
    }

    /// Takes over what an aggregated answer says of a group, and gives its versions.
    private func noteAll(_ group: String, _ versions: [Value]) -> [String] {
        versions.compactMap { item in
            guard let version = item["version"]?.string else { return nil }
            // A stale entry is of a server behind this one that does not answer.
            if item["freshness"]?.string == "Stale" { return version }
            resources["\(group)/\(version)"] = (item["resources"]?.list ?? []).compactMap { resource in
                guard let plural = resource["resource"]?.string,
                    let kind = resource["responseKind"]?["kind"]?.string
                else { return nil }
                return APIResource(
                    group: group,
                    version: version,
                    kind: kind,
                    plural: plural,
                    isNamespaced: resource["scope"]?.string == "Namespaced",
                    verbs: (resource["verbs"]?.list ?? []).compactMap(\.string)
                )
            }
            return version
        }
    }
}

/// The version of an API server.
package struct ServerVersion: Sendable, Hashable, CustomStringConvertible {
    package let major: Int
    package let minor: Int
    /// `v1.20.2`, maybe with what a vendor adds.
    package let text: String

    package var description: String { text }

    init?(_ value: Value) {
        guard let text = value["gitVersion"]?.string, text.hasPrefix("v") else { return nil }
        self.text = Printable.text(text, limit: 60)
        let parts = text.dropFirst().split(separator: ".").prefix(2).map { Int($0.prefix { $0.isNumber }) ?? 0 }
        guard parts.count == 2 else { return nil }
        major = parts[0]
        minor = parts[1]
    }
}
