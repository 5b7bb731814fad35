extension Cluster {
    package func version() async throws -> ServerVersion { try await discovery.version(self) }

    /// Finds where the objects of a kind are; without a version, in the one that the group's preference has.
    package func resource(_ kind: Kind) async throws -> APIResource { try await discovery.resource(kind, self) }

    /// Finds the first of the versions in which the cluster has a kind; nil when in none of them.
    package func resource(_ kind: String, group: String, oneOf versions: [String]) async throws -> APIResource? {
        for version in versions {
            do {
                return try await resource(Kind(kind, group: group, version: version))
            } catch ClusterError.unknownKind {
                continue
            }
        }
        return nil
    }

    package func isServed(_ kind: Kind) async throws -> Bool {
        do {
            _ = try await resource(kind)
            return true
        } catch ClusterError.unknownKind {
            return false
        }
    }

    /// Reads what is at a path of the server, such as `/openapi/v2`.
    package func read(_ path: String) async throws -> [UInt8] {
        try await bytes(APICall(.get, path, "read \(Printable.text(path))"))
    }
}
