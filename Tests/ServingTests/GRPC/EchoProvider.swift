import Inference
import NIOCore
import Serving
import Synchronization

/// Models without any runtime: `echo` answers its inputs, `slow` never does, `broken` fails, `full` is overloaded.
final class EchoProvider: InferenceProvider {
    static let signature = ModelSignature(
        platform: "onnx_onnxv1",
        inputs: [.init(name: "image", dataType: .float32, shape: [nil, 3])],
        outputs: [
            .init(name: "label", kind: .tensor(.int64, shape: [nil])),
            .init(name: "scores", kind: .sequence(.map(key: .int64, value: .float32))),
        ]
    )

    let serverName = "apus"
    let serverVersion = "0.0"
    let isReady = true
    let models = [ModelInfo(name: "echo", version: "2", versions: ["1", "2"], signature: signature, maximumBatch: 32)]
    let cancelled = Mutex(0)
    let requests = Mutex<[ProviderRequest]>([])

    func model(named name: String, version: String?) throws(InferenceError) -> ModelInfo {
        guard name == "echo", ["1", "2", nil].contains(version) else { throw .notFound("there is no model '\(name)'") }
        return models[0]
    }

    func statistics(of model: ModelInfo) -> ModelStatistics? {
        var statistics = ModelStatistics()
        statistics.inferences = 300
        statistics.executions = 20
        statistics.success = .init(count: 200, nanoseconds: 1 << 40)
        statistics.failure = .init(count: 1, nanoseconds: 2)
        statistics.queue = .init(count: 3, nanoseconds: 4)
        statistics.compute = .init(count: 5, nanoseconds: 6)
        return statistics
    }

    func infer(
        _ request: ProviderRequest,
        on eventLoop: any EventLoop,
        completion: @escaping @Sendable (Result<ProviderResponse, InferenceError>) -> Void
    ) -> any InferenceCall {
        requests.withLock { $0.append(request) }
        switch request.model {
        case "echo":
            let outputs = request.inputs.map { NamedValue($0.name, .tensor($0.tensor)) }
            completion(.success(ProviderResponse(model: "echo", version: "1", outputs: outputs)))
        case "late":
            let outputs = request.inputs.map { NamedValue($0.name, .tensor($0.tensor)) }
            eventLoop.scheduleTask(in: .milliseconds(20)) {
                completion(.success(ProviderResponse(model: "late", version: "1", outputs: outputs)))
            }
        case "slow": break
        case "broken": completion(.failure(.failed("the model is broken: 100 % Ä")))
        case "full": completion(.failure(.overloaded))
        default: completion(.failure(.notFound("there is no model '\(request.model)'")))
        }
        return Call(provider: self)
    }

    struct Call: InferenceCall {
        let provider: EchoProvider
        func cancel() { provider.cancelled.withLock { $0 += 1 } }
    }
}
