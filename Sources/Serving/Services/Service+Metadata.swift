import Inference
import OrderedCollections
import Values

extension ServerCore {
    var serverMetadata: Value {
        let extensions = ["binary_tensor_data", "model_repository", "model_configuration", "statistics"].map(
            Value.string
        )
        return .map([
            "name": .string(table.serverName), "version": .string(table.serverVersion),
            "extensions": .list(extensions),
        ])
    }
}

extension Service {
    /// What the queue of the service and those of its methods have done.
    var queues: [(name: String, BatcherStatistics)] {
        let methods = calls?.statistics ?? []
        return [(name, batcher.statistics)] + methods.map { ("\(name)/\($0.method)", $0.1) }
    }

    /// What `GET /v2/models/{model}` answers.
    var metadata: Value {
        .map([
            "name": .string(name), "versions": .list([.string(version)]), "platform": .string(signature.platform),
            "inputs": .list(signature.inputs.map { Self.tensor($0.name, $0.dataType, $0.shape) }),
            "outputs": .list(tensorOutputs),
        ])
    }

    private var tensorOutputs: [Value] {
        signature.outputs.flatMap { TensorMetadata.tensors(of: $0) }.map { Self.tensor($0.name, $0.dataType, $0.shape) }
    }

    private static func tensor(_ name: String, _ type: DataType, _ shape: [Int?]) -> Value {
        .map([
            "name": .string(name), "datatype": .string(type.rawValue),
            "shape": .list(shape.map { .int($0 ?? -1) }),
        ])
    }

    /// What `GET /v2/models/{model}/config` answers, in Triton's words.
    var configuration: Value {
        let inputs = signature.inputs.map { input in
            Value.map([
                "name": .string(input.name), "data_type": .string(Self.configurationType(input.dataType)),
                "dims": .list(input.shape.map { .int($0 ?? -1) }),
            ])
        }
        return .map([
            "name": .string(name), "platform": .string(signature.platform), "input": .list(inputs),
            "max_batch_size": .int(info.maximumBatch),
        ])
    }

    private static func configurationType(_ type: DataType) -> String {
        "TYPE_" + (type == .string ? "STRING" : type.rawValue)
    }

    /// What `GET /v2/models/{model}/stats` answers.
    var statisticsReport: Value {
        let statistics = modelStatistics
        func part(_ part: ModelStatistics.Part) -> Value {
            .map(["count": .int(Int(clamping: part.count)), "ns": .int(Int(clamping: part.nanoseconds))])
        }
        let entry: Value = .map([
            "name": .string(name), "version": .string(version),
            "inference_count": .int(Int(clamping: statistics.inferences)),
            "execution_count": .int(Int(clamping: statistics.executions)),
            "inference_stats": .map([
                "success": part(statistics.success), "fail": part(statistics.failure), "queue": part(statistics.queue),
                "compute_infer": part(statistics.compute),
            ]),
        ])
        return .map(["model_stats": .list([entry])])
    }

    var indexEntry: Value {
        .map([
            "name": .string(name), "version": .string(version),
            "state": .string(isReady ? "READY" : "UNAVAILABLE"), "reason": .string(""),
        ])
    }
}
