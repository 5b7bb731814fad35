package import Inference

/// The services of a server, by name.
package final class ServiceTable: Sendable {
    /// In the order that they were asked for; the first is the one behind `/predict`.
    package let services: [Service]
    package let serverName: String
    package let serverVersion: String
    private let byName: [String: Service]

    package init(_ services: [Service], serverName: String = "apus", serverVersion: String = "") {
        self.services = services
        self.serverName = serverName
        self.serverVersion = serverVersion
        byName = Dictionary(services.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package subscript(name: String) -> Service? { byName[name] }

    /// Finds a service, in its only version.
    package func service(named name: String, version: String? = nil) throws(InferenceError) -> Service {
        guard let service = byName[name] else {
            let names = services.map(\.name).joined(separator: ", ")
            throw .notFound("there is no model '\(name)'; there is: \(names)")
        }
        if let version, !version.isEmpty, version != service.version {
            throw .notFound("model '\(name)' has no version '\(version)'; it has \(service.version)")
        }
        return service
    }

    /// Ends all services.
    package func close() {
        for service in services { service.close() }
    }
}
