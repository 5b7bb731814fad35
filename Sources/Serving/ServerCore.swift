import Inference
import NIOCore
import NIOHTTP1
import Synchronization

/// What all connections of a server share.
final class ServerCore: Sendable {
    let settings: ServerSettings
    let log: AccessLog?
    let predictions: PredictionLog?
    let metrics = ServerMetrics()
    /// What is served now; each event loop has it at hand, too.
    private let current: Mutex<RouteTable>
    let tooLarge: HTTPFailure
    let tooMuch = HTTPFailure(503, "the server receives too much at once", headers: ["retry-after": "1"])
    /// For the bodies of requests, those of gRPC with them.
    let allowance: Allowance
    let isDraining = Atomic<Bool>(false)
    let connections = Atomic<Int>(0)

    init(_ settings: ServerSettings, _ table: ServiceTable, _ log: AccessLog?, _ predictions: PredictionLog?) {
        self.settings = settings
        self.log = log
        self.predictions = predictions
        metrics.number(table)
        current = Mutex(RouteTable(table))
        allowance = Allowance(settings.maxBuffered)
        tooLarge = HTTPFailure(413, "the body is larger than \(settings.maxBodySize) bytes")
    }

    var routes: RouteTable { current.withLock { $0 } }
    var table: ServiceTable { routes.table }

    /// Puts other services in place for who asks from now on; loops that have the old ones at hand must be told.
    func adopt(_ table: ServiceTable) -> RouteTable {
        metrics.number(table)
        let routes = RouteTable(table)
        current.withLock { $0 = routes }
        return routes
    }

    /// Why a request is not to be read further, judged by its head.
    func refusal(_ request: HTTPRequest, _ routes: RouteTable) -> HTTPFailure? {
        if let length = request.fields.contentLength, length > settings.maxBodySize { return tooLarge }
        if !settings.keys.isEmpty, request.method != .OPTIONS, routes[request.path]?.template.isOpen != true,
            !isAuthorized(request.fields)
        {
            return HTTPFailure(401, "a valid key is needed", headers: ["www-authenticate": "Bearer"])
        }
        // Bytes are counted when they come, as what is announced may never come.
        if let length = request.fields.contentLength, length > 0, length > allowance.left { return tooMuch }
        return nil
    }

    private func isAuthorized(_ fields: HTTPFields) -> Bool {
        var given = fields.apiKey
        if fields.authorization.utf8.count > 7, String(fields.authorization.prefix(7)).matches("bearer ") {
            given = String(fields.authorization.dropFirst(7))
        }
        // All keys are compared in full, so that time tells nothing.
        var isValid = false
        for key in settings.keys where Self.isEqual(given, key) { isValid = true }
        return isValid
    }

    /// Compares in a time that does not depend on where the texts differ.
    static func isEqual(_ one: String, _ two: String) -> Bool {
        let (one, two) = (Array(one.utf8), Array(two.utf8))
        var difference = one.count ^ two.count
        for index in two.indices { difference |= Int(two[index] ^ (index < one.count ? one[index] : 0)) }
        return difference == 0
    }

    /// What every answer gets.
    func decorate(_ response: inout HTTPResponse, _ request: HTTPRequest?) {
        guard let request else { return }
        if !settings.origins.isEmpty { allowOrigin(&response, request) }
        compress(&response, request)
    }

    private func allowOrigin(_ response: inout HTTPResponse, _ request: HTTPRequest) {
        let origin = request.fields.origin
        guard !origin.isEmpty else { return }
        let isForAll = settings.origins.contains("*")
        guard isForAll || settings.origins.contains(origin) else { return }
        response.headers.append(("access-control-allow-origin", isForAll ? "*" : origin))
        if !isForAll { response.headers.append(("vary", "origin")) }
        response.headers.append(("access-control-expose-headers", "inference-header-content-length, x-request-id"))
    }

    /// Answers `OPTIONS`, as browsers ask before they send a request to another origin.
    func preflight(_ route: Route) -> HTTPResponse {
        var response = HTTPResponse(status: 204)
        let allowed = route.template.takesPosts ? "POST, OPTIONS" : "GET, HEAD, OPTIONS"
        response.headers = [("allow", allowed)]
        if !settings.origins.isEmpty {
            response.headers += [
                ("access-control-allow-methods", allowed),
                (
                    "access-control-allow-headers",
                    "authorization, content-type, inference-header-content-length, x-api-key, x-request-id"
                ),
                ("access-control-max-age", "600"),
            ]
        }
        return response
    }

    /// Whether requests can be answered.
    var isReady: Bool {
        !isDraining.load(ordering: .relaxed) && table.isReady
    }

    func note(_ exchange: Exchange, status: Int, bytes: Int, _ loopState: LoopState) {
        let duration = Clock.now &- exchange.request.start
        loopState.shard.record(exchange.route, exchange.service, status, duration)
        if let record = exchange.prediction {
            exchange.prediction = nil
            record.id = loopState.requestID(exchange.request)
            predictions?.append(record, status: status, duration)
        }
        guard let log, log.wants(status, &loopState.logCounter) else { return }
        log.write(
            AccessLog.Entry(exchange, status: status, bytes: bytes, duration, id: loopState.requestID(exchange.request))
        )
    }

    func noteRefusal(_ failure: HTTPFailure, _ request: HTTPRequest?, _ loopState: LoopState) {
        let route = request.flatMap { loopState.routes[$0.path] }
        let duration = request.map { Clock.now &- $0.start } ?? 0
        loopState.shard.record(route?.template ?? .other, route?.service, failure.status, duration)
        guard let log else { return }
        log.write(AccessLog.Entry(request, route, failure, duration, id: request.map(loopState.requestID) ?? ""))
    }
}
