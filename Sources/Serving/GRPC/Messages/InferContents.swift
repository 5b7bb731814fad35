import Inference

/// `InferTensorContents`: a tensor's elements in the field for their type, packed or one by one.
struct InferContents {
    private let type: DataType
    private let messages: [ProtobufReader]

    init(_ type: DataType, _ messages: [ProtobufReader]) {
        self.type = type
        self.messages = messages
    }

    /// The elements as a tensor of a shape.
    func tensor(shape: [Int]) throws(InferenceError) -> Tensor {
        let count = try Tensor.elementCount(of: shape)
        // An element takes a byte at least, so that a wrong shape does not take memory.
        guard count <= messages.reduce(0, { $0 + $1.remainingCount }) else {
            throw .invalidInput("there are fewer than \(count) elements for the shape \(shape)")
        }
        guard let size = type.size else { return try strings(count, shape) }
        guard type != .float16, type != .bfloat16 else {
            throw .invalidInput("\(type.rawValue) data can be sent in raw_input_contents only")
        }
        var elements = ElementWriter(type, capacity: count, memory: TensorMemory(byteCount: count * size))
        try fields { field, reader throws(ProtobufError) in try elements.read(field, &reader) }
        if let problem = elements.problem { throw .invalidInput(problem) }
        guard elements.count == count else { throw wrongCount(elements.count, shape) }
        return try Tensor(type, shape: shape, memory: elements.memory)
    }

    private func strings(_ count: Int, _ shape: [Int]) throws(InferenceError) -> Tensor {
        var strings: [[UInt8]] = []
        strings.reserveCapacity(count)
        try fields { field, reader throws(ProtobufError) in
            guard field.wire == .bytes else { return try reader.skip(field) }
            strings.append(Array(try reader.content()))
        }
        guard strings.count == count else { throw wrongCount(strings.count, shape) }
        return try Tensor(strings: strings, shape: shape)
    }

    /// Goes through the fields of the type; those of other types are no data of this tensor.
    private func fields(
        _ body: (ProtobufReader.Field, inout ProtobufReader) throws(ProtobufError) -> Void
    ) throws(InferenceError) {
        var isOther = false
        do throws(ProtobufError) {
            for message in messages {
                var reader = message
                while let field = try reader.nextField() {
                    if field.number == type.contentsField {
                        try body(field, &reader)
                    } else {
                        isOther = isOther || field.number <= 8
                        try reader.skip(field)
                    }
                }
            }
        } catch {
            throw .invalidInput(error.description)
        }
        if isOther { throw .invalidInput("its contents are of another type than \(type.rawValue)") }
    }

    private func wrongCount(_ count: Int, _ shape: [Int]) -> InferenceError {
        .invalidInput("there are \(count) elements for the shape \(shape)")
    }
}

extension DataType {
    /// The field of `InferTensorContents` for this type; BYTES' for those that have none.
    var contentsField: UInt32 {
        switch self {
        case .bool: 1
        case .int8, .int16, .int32: 2
        case .int64: 3
        case .uint8, .uint16, .uint32: 4
        case .uint64: 5
        case .float32: 6
        case .float64: 7
        case .string, .float16, .bfloat16: 8
        }
    }
}
