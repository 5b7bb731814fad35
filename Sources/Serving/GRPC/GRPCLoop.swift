import Inference

/// What the calls of one event loop share; used on that loop only.
final class GRPCLoop {
    private(set) var service: GRPCService
    /// The numbers of the models in metrics.
    private var numbers: [String: Int] = [:]
    private let shard: MetricsShard
    var predictionCounter = 0

    init(_ shard: MetricsShard, _ provider: any InferenceProvider, _ metrics: ServerMetrics) {
        self.shard = shard
        service = GRPCService(provider: provider)
        adopt(provider, metrics)
    }

    func adopt(_ provider: any InferenceProvider, _ metrics: ServerMetrics) {
        service = GRPCService(provider: provider)
        numbers = [:]
        for model in provider.models { numbers[model.name] = metrics.number(of: model.name) }
    }

    /// The number of a model; 0 for one that there is not.
    func number(of model: String) -> Int { numbers[model] ?? 0 }

    /// Counts a call that has come to its end.
    func record(_ method: GRPCMethod?, _ model: Int, _ code: GRPCStatus.Code, since start: UInt64) {
        shard.record(CallLabels(method, model, code).key, Clock.now &- start)
    }
}
