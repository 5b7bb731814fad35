import Inference
import OrderedCollections
import Synchronization
import Values

extension ServerCore {
    var serverMetadata: Value {
        let extensions = ["binary_tensor_data", "model_repository", "model_configuration", "statistics"].map(
            Value.string
        )
        return .map([
            "name": .string(settings.serverName), "version": .string(settings.serverVersion),
            "extensions": .list(extensions),
        ])
    }
}

extension Service {
    /// What `GET /v2/models/{model}` answers.
    var metadata: Value {
        .map([
            "name": .string(name), "versions": .list([.string(version)]), "platform": .string(signature.platform),
            "inputs": .list(signature.inputs.map { Self.tensor($0.name, $0.dataType, $0.shape) }),
            "outputs": .list(tensorOutputs),
        ])
    }

    private var tensorOutputs: [Value] {
        signature.outputs.flatMap { Self.tensors($0) }
    }

    /// The tensors that an output is in the protocol: two for a list of maps, which it has no word for.
    private static func tensors(_ output: ModelSignature.Output) -> [Value] {
        switch output.kind {
        case .tensor(let type, let shape): [tensor(output.name, type, shape)]
        case .sequence(.map(let key, let value)):
            [tensor(output.name, value, [nil, nil]), tensor(output.name + ".labels", key, [nil])]
        case .map(let key, let value): [tensor(output.name, value, [nil]), tensor(output.name + ".labels", key, [nil])]
        case .sequence: [tensor(output.name, .string, [nil])]
        }
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
            "max_batch_size": .int(0),
        ])
    }

    private static func configurationType(_ type: DataType) -> String {
        "TYPE_" + (type == .string ? "STRING" : type.rawValue)
    }

    var statisticsReport: Value {
        let count = statistics.successes.load(ordering: .relaxed)
        let failures = statistics.failures.load(ordering: .relaxed)
        let entry: Value = .map([
            "name": .string(name), "version": .string(version), "inference_count": .int(count),
            "inference_stats": .map([
                "success": .map(["count": .int(count)]), "fail": .map(["count": .int(failures)]),
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
