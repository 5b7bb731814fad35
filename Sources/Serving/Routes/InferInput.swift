import Inference

/// One input of a request, whose parts may come in any order.
struct InferInput {
    private var name: String?
    private var dataType: DataType?
    private var shape: [Int]?
    private var data: Tensor?
    /// Where the data is that came before its type.
    private var dataOffset: Int?
    private var binarySize: Int?

    init(_ cursor: inout JSONCursor, _ signature: ModelSignature) throws(JSONProblem) {
        try cursor.object { (key: String, cursor: inout JSONCursor) throws(JSONProblem) in
            switch key {
            case "name": name = try cursor.text(of: key)
            case "datatype":
                let text = try cursor.text(of: key)
                guard let type = DataType(rawValue: text) else {
                    throw cursor.problem("there is no datatype '\(text)'")
                }
                dataType = type
            case "shape":
                var extents: [Int] = []
                try cursor.array { (cursor: inout JSONCursor) throws(JSONProblem) in
                    if extents.count == JSONTensorReader.maximumRank { throw cursor.problem("the shape is too long") }
                    extents.append(try cursor.integer())
                }
                shape = extents
            case "data": try readData(&cursor)
            case "parameters":
                try cursor.object { (key: String, cursor: inout JSONCursor) throws(JSONProblem) in
                    if key == "binary_data_size" { binarySize = try cursor.integer() } else { try cursor.skip() }
                }
            default: try cursor.skip()
            }
        }
    }

    private mutating func readData(_ cursor: inout JSONCursor) throws(JSONProblem) {
        _ = cursor.next()
        guard let dataType else {
            dataOffset = cursor.position
            try cursor.skip()
            return
        }
        // Without a shape so far, the memory grows as it is filled.
        let expected = shape.flatMap { try? Tensor.elementCount(of: $0) } ?? 16
        do {
            data = try JSONTensorReader.read(dataType, expected: expected, from: &cursor)
        } catch {
            throw JSONProblem("input '\(name ?? "?")': \(error.message)", at: error.offset)
        }
    }

    /// The tensor, from the JSON or from the front of the binary data.
    func tensor(
        _ cursor: borrowing JSONCursor,
        _ binary: inout UnsafeRawBufferPointer
    ) throws(JSONProblem) -> NamedTensor {
        guard let name else { throw cursor.problem("an input has no name") }
        guard let dataType else { throw cursor.problem("input '\(name)' has no datatype") }
        guard let shape else { throw cursor.problem("input '\(name)' has no shape") }
        if let binarySize {
            guard data == nil, dataOffset == nil else {
                throw cursor.problem("input '\(name)' has data and binary_data_size")
            }
            guard binarySize >= 0, binarySize <= binary.count else {
                throw cursor.problem(
                    "input '\(name)' has \(binarySize) bytes of binary data, but \(binary.count) are left"
                )
            }
            let bytes = UnsafeRawBufferPointer(rebasing: binary[..<binarySize])
            binary = UnsafeRawBufferPointer(rebasing: binary[binarySize...])
            do {
                return NamedTensor(name, try BinaryTensor.read(dataType, shape: shape, bytes))
            } catch {
                throw JSONProblem("input '\(name)': \(error.message)", at: cursor.position)
            }
        }
        var flat = data
        if flat == nil, let dataOffset {
            var place = JSONCursor(cursor.bytes, at: dataOffset)
            flat = try JSONTensorReader.read(dataType, from: &place)
        }
        guard let flat else { throw cursor.problem("input '\(name)' has no data") }
        return NamedTensor(name, try shaped(flat, shape, name, cursor))
    }

    private func shaped(
        _ tensor: Tensor,
        _ shape: [Int],
        _ name: String,
        _ cursor: borrowing JSONCursor
    ) throws(JSONProblem) -> Tensor {
        if tensor.shape == shape { return tensor }
        do {
            let count = try Tensor.elementCount(of: shape)
            guard tensor.elementCount == count, tensor.shape.count <= 1 else {
                let found = tensor.shape.count <= 1 ? "\(tensor.elementCount) elements" : "the shape \(tensor.shape)"
                throw InferenceError.invalidInput("input '\(name)' says shape \(shape), but its data has \(found)")
            }
            switch tensor.content {
            case .numbers(let memory): return try Tensor(tensor.dataType, shape: shape, memory: memory)
            case .strings(let strings): return try Tensor(strings: strings, shape: shape)
            }
        } catch {
            throw cursor.problem("\(error)")
        }
    }
}
