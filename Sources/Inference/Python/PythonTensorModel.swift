import Values

/// A method whose arguments and answers are arrays, as a model of tensors.
final class PythonTensorModel: Model {
    let signature: ModelSignature
    let isBatchable: Bool
    private let owner: PythonModel
    private let method: String

    init(_ owner: PythonModel, method: CallableMethod, signature: ModelSignature) {
        self.owner = owner
        self.method = method.name
        self.signature = signature
        isBatchable = method.isBatchable
    }

    var concurrency: Int { owner.concurrency }

    func infer(
        _ inputs: [NamedTensor],
        outputs: [String],
        deadline: Deadline?
    ) throws(InferenceError) -> [NamedValue] {
        let inputs = try signature.arranged(inputs, outputs: outputs)
        let frame = try WorkerFrame(method, inputs, outputs: outputs)
        let reply = try owner.exchange(frame, deadline: deadline)
        if let message = reply.header["error"]?.string {
            switch reply.status {
            case 400: throw .invalidInput(message)
            case 503: throw .unavailable(message)
            default: throw .refused(status: reply.status, message)
            }
        }
        var answers: [NamedValue] = []
        for value in reply.header["outputs"]?.list ?? [] { answers.append(try reply.answer(value)) }
        return answers
    }

    /// The workers are the model's, which ends them for all its methods.
    func close() {}
}

extension WorkerReply {
    fileprivate func answer(_ value: Value) throws(InferenceError) -> NamedValue {
        guard let name = value["name"]?.string, let index = value["buffer"]?.int, buffers.indices.contains(index),
            let type = value["datatype"]?.string.flatMap(DataType.init(rawValue:)), let extents = value["shape"]?.list
        else { throw PythonModel.hidden }
        let shape = extents.compactMap(\.int)
        guard shape.count == extents.count else { throw PythonModel.hidden }
        if type == .string {
            return NamedValue(name, .tensor(try Tensor(strings: Self.strings(bytes(index)), shape: shape)))
        }
        return NamedValue(name, .tensor(try Tensor(type, shape: shape, memory: buffers[index])))
    }

    /// Strings with their lengths before them.
    private static func strings(_ bytes: UnsafeRawBufferPointer) -> [[UInt8]] {
        var result: [[UInt8]] = []
        var position = 0
        while position + 4 <= bytes.count {
            let length = Int(bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self))
            position += 4
            guard length <= bytes.count - position else { break }
            result.append(Array(bytes[position..<(position + length)]))
            position += length
        }
        return result
    }
}

extension WorkerFrame {
    fileprivate init(_ method: String, _ inputs: [NamedTensor], outputs: [String]) throws(InferenceError) {
        var list: [String] = []
        var buffers: [Buffer] = []
        for (index, input) in inputs.enumerated() {
            list.append(
                "{\"name\": \(Self.quoted(input.name)), \"shape\": \(input.tensor.shape), \"buffer\": \(index)}"
            )
            if case .strings(let strings) = input.tensor.content {
                buffers.append(.bytes(Self.packed(strings)))
            } else {
                buffers.append(.memory(input.tensor))
            }
        }
        var header = "{\"method\": \(Self.quoted(method)), \"inputs\": [\(list.joined(separator: ", "))]"
        if !outputs.isEmpty {
            header += ", \"outputs\": [\(outputs.map(Self.quoted).joined(separator: ", "))]"
        }
        self.init(header: header + "}", buffers: buffers)
    }

    private static func packed(_ strings: [[UInt8]]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(strings.reduce(0) { $0 + $1.count + 4 })
        for string in strings {
            withUnsafeBytes(of: UInt32(clamping: string.count).littleEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: string)
        }
        return bytes
    }
}
