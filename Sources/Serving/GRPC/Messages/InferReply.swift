import Inference
import NIOCore

/// Writes `ModelInferResponse`.
struct InferReply {
    private let response: ProviderResponse
    private let tensors: [(String, Tensor)]
    private let id: String
    private let isRaw: Bool

    /// Tensors go as raw bytes or in the fields of their types; throws for answers that are none.
    init(response: ProviderResponse, id: String, isRaw: Bool) throws(InferenceError) {
        self.response = response
        tensors = try response.outputs.tensors()
        self.id = id
        self.isRaw = isRaw
    }

    func write(to writer: inout ProtobufWriter) {
        let isRaw = isRaw || tensors.contains { [.float16, .bfloat16].contains($0.1.dataType) }
        let size = tensors.reduce(128) { $0 + 64 + $1.0.utf8.count + BinaryTensor.size(of: $1.1) }
        writer.buffer.reserveCapacity(minimumWritableBytes: size)
        writer.write(response.model, 1)
        writer.write(response.version, 2)
        writer.write(id, 3)
        for (name, tensor) in tensors {
            writer.message(5) { writer in
                writer.write(name, 1)
                writer.write(tensor.dataType.rawValue, 2)
                writer.write(packed: tensor.shape.lazy.map { Int64($0) }, 3)
                if !isRaw { writer.message(5) { $0.write(contentsOf: tensor) } }
            }
        }
        guard isRaw else { return }
        for (_, tensor) in tensors {
            writer.tag(6, .bytes)
            writer.varint(UInt64(BinaryTensor.size(of: tensor)))
            BinaryTensor.write(tensor, to: &writer.buffer)
        }
    }
}

extension ProtobufWriter {
    /// Writes `InferTensorContents`.
    fileprivate mutating func write(contentsOf tensor: Tensor) {
        let number = tensor.dataType.contentsField
        if case .strings(let strings) = tensor.content {
            for string in strings { string.withUnsafeBytes { write($0, number) } }
            return
        }
        tensor.withBytes { write(numbers: $0, tensor.dataType, number) }
    }

    private mutating func write(numbers bytes: UnsafeRawBufferPointer, _ type: DataType, _ number: UInt32) {
        switch type {
        // The halves have no field of their own.
        case .string, .float16, .bfloat16: break
        case .float32, .float64: write(bytes, number)
        case .bool, .uint8: varints(bytes.bindMemory(to: UInt8.self), number) { UInt64($0) }
        case .uint16: varints(bytes.bindMemory(to: UInt16.self), number) { UInt64($0) }
        case .uint32: varints(bytes.bindMemory(to: UInt32.self), number) { UInt64($0) }
        case .uint64: varints(bytes.bindMemory(to: UInt64.self), number) { $0 }
        case .int8: varints(bytes.bindMemory(to: Int8.self), number) { UInt64(bitPattern: Int64($0)) }
        case .int16: varints(bytes.bindMemory(to: Int16.self), number) { UInt64(bitPattern: Int64($0)) }
        case .int32: varints(bytes.bindMemory(to: Int32.self), number) { UInt64(bitPattern: Int64($0)) }
        case .int64: varints(bytes.bindMemory(to: Int64.self), number) { UInt64(bitPattern: $0) }
        }
    }

    private mutating func varints<Element>(
        _ elements: UnsafeBufferPointer<Element>,
        _ number: UInt32,
        _ convert: (Element) -> UInt64
    ) {
        message(number) { writer in
            for element in elements { writer.varint(convert(element)) }
        }
    }
}
