extension Tensor {
    /// The extent of the first dimension; nil for a scalar.
    package var rows: Int? { shape.first }

    /// Some of the rows, over the same memory; the range is cut to what there is.
    package func slice(rows range: Range<Int>) throws(InferenceError) -> Tensor {
        guard let rows else { throw .invalidInput("a scalar has no rows") }
        let range = range.clamped(to: 0..<rows)
        let width = rows == 0 ? 0 : elementCount / rows
        let shape = [range.count] + shape.dropFirst()
        switch content {
        case .strings(let strings):
            return try Tensor(
                strings: Array(strings[range.lowerBound * width..<range.upperBound * width]),
                shape: shape
            )
        case .numbers(let memory):
            let size = width * (dataType.size ?? 0)
            let bytes = range.lowerBound * size..<range.upperBound * size
            return try Tensor(dataType, shape: shape, memory: TensorMemory(slice: bytes, of: memory))
        }
    }

    /// The rows of several tensors of one type and width, one below the other.
    static func joining(_ parts: [Tensor]) throws(InferenceError) -> Tensor {
        guard let first = parts.first, first.rows != nil else { throw .invalidInput("there are no rows to join") }
        let shape = [parts.reduce(0) { $0 + ($1.rows ?? 0) }] + first.shape.dropFirst()
        if first.dataType == .string {
            return try Tensor(strings: parts.flatMap(\.strings), shape: shape)
        }
        let memory = TensorMemory(byteCount: parts.reduce(0) { $0 + $1.byteCount })
        var offset = 0
        for part in parts {
            part.withBytes { UnsafeMutableRawBufferPointer(rebasing: memory.bytes[offset...]).copyMemory(from: $0) }
            offset += part.byteCount
        }
        return try Tensor(first.dataType, shape: shape, memory: memory)
    }

    /// A tensor of `value` in every element.
    ///
    /// Strings are empty; other values than 0 and 1 are not offered, as not every type has them.
    static func filled(_ dataType: DataType, shape: [Int], with value: Bool = false) throws(InferenceError) -> Tensor {
        let count = try elementCount(of: shape)
        guard let size = dataType.size else {
            return try Tensor(strings: Array(repeating: value ? [0x31] : [], count: count), shape: shape)
        }
        let memory = TensorMemory(byteCount: count * size)
        let pattern = value ? dataType.one : []
        memory.bytes.initializeMemory(as: UInt8.self, repeating: 0)
        for element in 0..<(pattern.isEmpty ? 0 : count) {
            for (index, byte) in pattern.enumerated() { memory.bytes[element * size + index] = byte }
        }
        return try Tensor(dataType, shape: shape, memory: memory)
    }

    private var strings: [[UInt8]] {
        if case .strings(let strings) = content { strings } else { [] }
    }
}

extension DataType {
    /// The bytes of the number one.
    fileprivate var one: [UInt8] {
        switch self {
        case .float16: [0x00, 0x3c]
        case .bfloat16: [0x80, 0x3f]
        case .float32: [0x00, 0x00, 0x80, 0x3f]
        case .float64: [0, 0, 0, 0, 0, 0, 0xf0, 0x3f]
        case .string: []
        default: [1] + [UInt8](repeating: 0, count: max(0, (size ?? 1) - 1))
        }
    }
}
