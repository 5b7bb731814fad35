import Inference
import NIOCore
import NIOHTTP1
import OrderedCollections
import Synchronization
import Values

extension ServerCore {
    /// Answers a whole request, now or later.
    func dispatch(_ exchange: Exchange, _ loopState: LoopState) {
        let request = exchange.request
        guard let route = loopState.routes[request.path] else {
            return exchange.finish(loopState.routes.failure(request.path))
        }
        exchange.route = route.template
        exchange.service = route.service
        if request.method == .OPTIONS { return exchange.finish(preflight(route)) }
        do throws(HTTPFailure) {
            try checkMethod(request, route.template)
            if !request.fields.contentEncoding.isEmpty { try decompress(exchange) }
            if let service = route.service {
                try answer(exchange, route, service, loopState)
            } else {
                exchange.finish(try answer(route.template, request))
            }
        } catch {
            exchange.finish(error)
        }
    }

    private func checkMethod(_ request: HTTPRequest, _ template: RouteTemplate) throws(HTTPFailure) {
        let isRight =
            template.takesPosts
            ? request.method == .POST || template == .v2Index && request.method == .GET
            : request.method == .GET || request.method == .HEAD
        if isRight { return }
        let allowed = template.takesPosts ? "POST, OPTIONS" : "GET, HEAD, OPTIONS"
        throw HTTPFailure(405, "\(template.text) takes \(allowed)", headers: ["allow": allowed])
    }

    /// Answers about the server as a whole.
    private func answer(_ template: RouteTemplate, _ request: HTTPRequest) throws(HTTPFailure) -> HTTPResponse {
        switch template {
        case .live: return HTTPResponse(.map(["live": .bool(true)]))
        case .ready: return readiness
        case .metrics: return HTTPResponse(text: metricsText, contentType: "text/plain; version=0.0.4; charset=utf-8")
        case .openAPI: return HTTPResponse(openAPI)
        case .page: return request.fields.accept.contains("text/html") ? Page.response : Page.status
        case .v2: return HTTPResponse(serverMetadata)
        case .v2Index: return HTTPResponse(.list(table.services.map(\.indexEntry)))
        case .v1Models: return HTTPResponse(.map(["models": .list(table.services.map { .string($0.name) })]))
        default: throw HTTPFailure(404, "there is nothing at \(template.text)")
        }
    }

    private var metricsText: String {
        metrics.text(table, isReady: isReady, connections: connections.load(ordering: .relaxed), predictions)
    }

    private var readiness: HTTPResponse {
        if isReady { return HTTPResponse(.map(["ready": .bool(true)])) }
        let reason = isDraining.load(ordering: .relaxed) ? "the server is about to end" : "a model is not ready"
        return HTTPResponse(.map(["ready": .bool(false), "error": .string(reason)]), status: 503)
    }

    private func answer(
        _ exchange: Exchange,
        _ route: Route,
        _ service: Service,
        _ loopState: LoopState
    ) throws(HTTPFailure) {
        // To read what cannot be taken would cost those who wait; what is small costs less than the question.
        if route.template.isPrediction, route.template != .method, exchange.request.body.readableBytes > 4096,
            service.batcher.refusesNow()
        {
            throw HTTPFailure(InferenceError.overloaded)
        }
        if let predictions, route.template.isPrediction, predictions.wants(&loopState.predictionCounter) {
            exchange.prediction = PredictionRecord(service, route.template.text)
        }
        switch route.template {
        case .method: try call(exchange, service, route.method, loopState)
        case .predict, .servicePredict: try predict(exchange, service, loopState)
        case .v2Infer: try infer(exchange, service, loopState)
        case .v1Predict: try v1Predict(exchange, service, loopState)
        case .v2Model: exchange.finish(HTTPResponse(service.metadata))
        case .v2Config: exchange.finish(HTTPResponse(service.configuration))
        case .v2Statistics: exchange.finish(HTTPResponse(service.statisticsReport))
        case .v2Ready:
            let isReady = service.isReady
            let value: Value = .map(["name": .string(service.name), "ready": .bool(isReady)])
            exchange.finish(HTTPResponse(value, status: isReady ? 200 : 503))
        case .v1Model:
            exchange.finish(HTTPResponse(.map(["name": .string(service.name), "ready": .bool(service.isReady)])))
        default: throw HTTPFailure(404, "there is nothing at \(route.template.text)")
        }
    }
}
