import Inference

/// All paths that lead somewhere; made anew when the services change.
final class RouteTable: Sendable {
    let table: ServiceTable
    private let routes: [String: Route]

    private static let common: [String: Route] = [
        "/": Route(.page), "/openapi.json": Route(.openAPI), "/docs.json": Route(.openAPI),
        "/metrics": Route(.metrics),
        "/livez": Route(.live), "/healthz": Route(.live), "/v2/health/live": Route(.live),
        "/readyz": Route(.ready), "/v2/health/ready": Route(.ready),
        "/v2": Route(.v2), "/v2/": Route(.v2), "/v2/repository/index": Route(.v2Index),
        "/v1/models": Route(.v1Models),
    ]

    init(_ table: ServiceTable) {
        self.table = table
        var routes = Self.common
        if let first = table.services.first { routes["/predict"] = Route(.predict, first) }
        for service in table.services {
            routes["/\(service.name)/predict"] = Route(.servicePredict, service)
            let model = "/v2/models/\(service.name)"
            for path in [model, "\(model)/versions/\(service.version)"] {
                routes[path] = Route(.v2Model, service)
                routes[path + "/ready"] = Route(.v2Ready, service)
                routes[path + "/config"] = Route(.v2Config, service)
                routes[path + "/stats"] = Route(.v2Statistics, service)
                routes[path + "/infer"] = Route(.v2Infer, service)
            }
            routes["/v1/models/\(service.name)"] = Route(.v1Model, service)
            routes["/v1/models/\(service.name):predict"] = Route(.v1Predict, service)
            Self.addMethods(of: service, isFirst: service === table.services.first, to: &routes)
        }
        self.routes = routes
    }

    /// The methods of a Python model below the service's name, those of the first service at the top too.
    private static func addMethods(of service: Service, isFirst: Bool, to routes: inout [String: Route]) {
        let names = service.calls?.callable.methods.map(\.name) ?? []
        for name in names {
            routes["/\(service.name)/\(name)"] = Route(.method, service, method: name)
            if isFirst, name == "predict" || routes["/\(name)"] == nil {
                routes["/\(name)"] = Route(.method, service, method: name)
            }
        }
        if names.count == 1, let name = names.first {
            routes["/\(service.name)/predict"] = Route(.method, service, method: name)
            if isFirst { routes["/predict"] = Route(.method, service, method: name) }
        }
    }

    subscript(path: String) -> Route? {
        if let route = routes[path] { return route }
        guard path.utf8.contains(UInt8(ascii: "%")), let decoded = Self.decoded(path) else { return nil }
        return routes[decoded]
    }

    /// What a path is told that leads nowhere.
    func failure(_ path: String) -> HTTPFailure {
        let parts = path.split(separator: "/").map(String.init)
        if parts.count > 2, parts[0] == "v2" || parts[0] == "v1", parts[1] == "models" {
            let name = parts[2].split(separator: ":").first.map(String.init) ?? parts[2]
            let version = parts.count > 4 && parts[3] == "versions" ? parts[4] : nil
            do {
                _ = try table.service(named: name, version: version)
            } catch {
                return HTTPFailure(error)
            }
        }
        if parts.count == 2, parts[1] == "predict" {
            let names = table.services.map(\.name).joined(separator: ", ")
            return HTTPFailure(404, "there is no service '\(parts[0])'; there is: \(names)")
        }
        return HTTPFailure(404, "there is nothing at \(String(path.prefix(200)))")
    }

    /// Undoes `%2F` and the like; nil when that gives no text.
    static func decoded(_ path: String) -> String? {
        var bytes: [UInt8] = []
        var rest = path.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexadecimal), let low = rest.popFirst().flatMap(hexadecimal)
            else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        guard byte < 0x80 else { return nil }
        return Character(UnicodeScalar(byte)).hexDigitValue.map(UInt8.init)
    }
}
