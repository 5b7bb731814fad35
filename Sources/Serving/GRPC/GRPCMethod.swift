/// The calls that are answered, by their paths.
enum GRPCMethod: String, CaseIterable {
    case modelInfer = "/inference.GRPCInferenceService/ModelInfer"
    case modelStreamInfer = "/inference.GRPCInferenceService/ModelStreamInfer"
    case serverLive = "/inference.GRPCInferenceService/ServerLive"
    case serverReady = "/inference.GRPCInferenceService/ServerReady"
    case modelReady = "/inference.GRPCInferenceService/ModelReady"
    case serverMetadata = "/inference.GRPCInferenceService/ServerMetadata"
    case modelMetadata = "/inference.GRPCInferenceService/ModelMetadata"
    case modelConfig = "/inference.GRPCInferenceService/ModelConfig"
    case modelStatistics = "/inference.GRPCInferenceService/ModelStatistics"
    case repositoryIndex = "/inference.GRPCInferenceService/RepositoryIndex"
    case healthCheck = "/grpc.health.v1.Health/Check"

    private static let byPath = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

    init?(path: String) {
        guard let method = Self.byPath[path] else { return nil }
        self = method
    }

    /// The name without its service.
    var name: Substring {
        rawValue[(rawValue.lastIndex(of: "/").map(rawValue.index(after:)) ?? rawValue.startIndex)...]
    }

    /// Whether probes may ask without a key.
    var isOpen: Bool {
        switch self {
        case .serverLive, .serverReady, .healthCheck: true
        default: false
        }
    }
}
