import Synchronization

/// The labels of a request over HTTP, which are few, as one number.
struct RequestLabels {
    /// 0 for none, else its place in the server's list.
    let service: Int
    let route: RouteTemplate
    let status: Int

    /// The codes that are told apart; others count as the first of their hundred.
    private static let codes = [200, 400, 401, 404, 405, 413, 415, 429, 499, 500, 503, 504]

    init(_ route: RouteTemplate, _ service: Int, _ status: Int) {
        self.route = route
        self.service = service
        self.status = status
    }

    init(key: Int) {
        status = Self.codes[key % Self.codes.count]
        let rest = key / Self.codes.count
        route = RouteTemplate(rawValue: rest % RouteTemplate.allCases.count) ?? .other
        service = rest / RouteTemplate.allCases.count
    }

    var key: Int {
        let code = Self.codes.firstIndex(of: status) ?? Self.codes.firstIndex { $0 == status / 100 * 100 } ?? 0
        return (service * RouteTemplate.allCases.count + route.rawValue) * Self.codes.count + code
    }
}

extension MetricsShard {
    func record(_ route: RouteTemplate, _ service: Service?, _ status: Int, _ nanoseconds: UInt64) {
        let number = service?.number.load(ordering: .relaxed) ?? 0
        record(RequestLabels(route, number, status).key, nanoseconds)
    }
}

/// The labels of a call over gRPC as one number.
struct CallLabels {
    let service: Int
    /// Nil for a method that there is not.
    let method: GRPCMethod?
    let code: GRPCStatus.Code

    init(_ method: GRPCMethod?, _ service: Int, _ code: GRPCStatus.Code) {
        self.method = method
        self.service = service
        self.code = code
    }

    private static let methods = GRPCMethod.allCases
    private static let codes = GRPCStatus.Code.allCases

    init(key: Int) {
        code = Self.codes[key % Self.codes.count]
        let rest = key / Self.codes.count
        let index = rest % (Self.methods.count + 1)
        method = index < Self.methods.count ? Self.methods[index] : nil
        service = rest / (Self.methods.count + 1)
    }

    var key: Int {
        let method = method.flatMap { Self.methods.firstIndex(of: $0) } ?? Self.methods.count
        let code = Self.codes.firstIndex(of: code) ?? 0
        return (service * (Self.methods.count + 1) + method) * Self.codes.count + code
    }
}
