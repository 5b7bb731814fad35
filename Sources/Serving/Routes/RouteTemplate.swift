/// The routes as metrics and logs name them: a fixed set, whatever clients ask for.
enum RouteTemplate: Int, CaseIterable, Sendable {
    case page
    case openAPI
    case metrics
    case live
    case ready
    case predict
    case servicePredict
    case method
    case v2
    case v2Model
    case v2Ready
    case v2Config
    case v2Statistics
    case v2Infer
    case v2Index
    case v1Models
    case v1Model
    case v1Predict
    case other

    var text: StaticString {
        switch self {
        case .page: "/"
        case .openAPI: "/openapi.json"
        case .metrics: "/metrics"
        case .live: "/livez"
        case .ready: "/readyz"
        case .predict: "/predict"
        case .servicePredict: "/{service}/predict"
        case .method: "/{service}/{method}"
        case .v2: "/v2"
        case .v2Model: "/v2/models/{model}"
        case .v2Ready: "/v2/models/{model}/ready"
        case .v2Config: "/v2/models/{model}/config"
        case .v2Statistics: "/v2/models/{model}/stats"
        case .v2Infer: "/v2/models/{model}/infer"
        case .v2Index: "/v2/repository/index"
        case .v1Models: "/v1/models"
        case .v1Model: "/v1/models/{model}"
        case .v1Predict: "/v1/models/{model}:predict"
        case .other: "other"
        }
    }

    /// Whether it answers without a key.
    var isOpen: Bool { self == .live || self == .ready || self == .page }

    /// Whether it asks a model.
    var isPrediction: Bool {
        switch self {
        case .predict, .servicePredict, .method, .v2Infer, .v1Predict: true
        default: false
        }
    }

    var takesPosts: Bool {
        switch self {
        case .predict, .servicePredict, .method, .v2Infer, .v2Index, .v1Predict: true
        default: false
        }
    }
}

/// Where a path leads.
struct Route: Sendable {
    let template: RouteTemplate
    let service: Service?
    /// The method of a Python model.
    let method: String

    init(_ template: RouteTemplate, _ service: Service? = nil, method: String = "") {
        self.template = template
        self.service = service
        self.method = method
    }
}
