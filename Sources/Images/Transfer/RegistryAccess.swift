import Synchronization

/// Opens registries, each once.
package final class RegistryAccess: Sendable {
    package let settings: RegistrySettings
    package let credentials: CredentialStore
    private let connections = Mutex<[String: RegistryConnection]>([:])

    package init(_ settings: RegistrySettings, _ credentials: CredentialStore) {
        self.settings = settings
        self.credentials = credentials
    }

    /// The repository that a reference names.
    package func repository(_ reference: ImageReference) throws(ImageError) -> RemoteRepository {
        RemoteRepository(try connection(reference.registry), reference.repository)
    }

    private func connection(_ registry: String) throws(ImageError) -> RegistryConnection {
        if let connection = connections.withLock({ $0[registry] }) { return connection }
        let made = try RegistryConnection(registry, settings, credentials)
        return connections.withLock { connections in
            if let connection = connections[registry] { return connection }
            connections[registry] = made
            return made
        }
    }

    /// Closes all connections.
    package func close() {
        for connection in connections.withLock({ $0.values.map(\.self) }) { connection.close() }
    }

    /// The digest that a reference leads to now: the reference pinned to it.
    package func resolve(_ reference: ImageReference) async throws(ImageError) -> ImageReference {
        guard let digest = try await repository(reference).resolve(reference.selector) else {
            throw .missing("image '\(reference)'")
        }
        return reference.pinned(digest)
    }
}

/// Does work for many items, some at the same time; the first error stops the rest.
func concurrently<Item: Sendable, Result: Sendable>(
    _ items: [Item],
    jobs: Int,
    _ body: @escaping @Sendable (Item) async throws(ImageError) -> Result
) async throws(ImageError) -> [Result] {
    do {
        return try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            var results = [Result?](repeating: nil, count: items.count)
            var next = 0
            func start() {
                guard next < items.count else { return }
                let (index, item) = (next, items[next])
                next += 1
                group.addTask { (index, try await body(item)) }
            }
            for _ in 0..<max(1, jobs) { start() }
            while let (index, result) = try await group.next() {
                results[index] = result
                start()
            }
            return results.compactMap(\.self)
        }
    } catch let error as ImageError {
        throw error
    } catch {
        throw .cancelled
    }
}
