import Inference

extension ProtobufWriter {
    /// Writes `ModelMetadataResponse`.
    mutating func write(metadataOf model: ModelInfo) {
        write(model.name, 1)
        for version in model.versions { element(version, 2) }
        write(model.signature.platform, 3)
        for input in model.signature.inputs {
            message(4) { $0.write(TensorMetadata(input)) }
        }
        for tensor in model.signature.outputs.flatMap(TensorMetadata.tensors(of:)) {
            message(5) { $0.write(tensor) }
        }
    }

    private mutating func write(_ tensor: TensorMetadata) {
        write(tensor.name, 1)
        write(tensor.dataType.rawValue, 2)
        write(packed: tensor.shape.lazy.map { Int64($0 ?? -1) }, 3)
    }

    /// Writes Triton's `ModelConfigResponse` as far as it can be told of any model.
    mutating func write(configurationOf model: ModelInfo) {
        message(1) { writer in
            writer.write(model.name, 1)
            writer.write(model.signature.platform, 2)
            writer.write(UInt64(max(0, model.maximumBatch)), 4)
            for input in model.signature.inputs {
                writer.message(5) { $0.write(configuration: TensorMetadata(input), dimensions: 4) }
            }
            for tensor in model.signature.outputs.flatMap(TensorMetadata.tensors(of:)) {
                writer.message(6) { $0.write(configuration: tensor, dimensions: 3) }
            }
        }
    }

    private mutating func write(configuration tensor: TensorMetadata, dimensions: UInt32) {
        write(tensor.name, 1)
        write(tensor.dataType.configurationNumber, 2)
        write(packed: tensor.shape.lazy.map { Int64($0 ?? -1) }, dimensions)
    }

    /// Writes an entry of Triton's `RepositoryIndexResponse`.
    mutating func write(indexEntryOf model: ModelInfo) {
        message(1) { writer in
            writer.write(model.name, 1)
            writer.write(model.version, 2)
            writer.write(model.isReady ? "READY" : "UNAVAILABLE", 3)
        }
    }
}

extension DataType {
    /// The number in Triton's `inference.DataType`.
    fileprivate var configurationNumber: UInt64 {
        switch self {
        case .bool: 1
        case .uint8: 2
        case .uint16: 3
        case .uint32: 4
        case .uint64: 5
        case .int8: 6
        case .int16: 7
        case .int32: 8
        case .int64: 9
        case .float16: 10
        case .float32: 11
        case .float64: 12
        case .string: 13
        case .bfloat16: 14
        }
    }
}
