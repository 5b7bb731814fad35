/// An array of one element type with a shape, row-major.
package struct Tensor: Sendable {
    /// What the elements are kept as.
    package enum Content: Sendable {
        case numbers(TensorMemory)
        /// Strings as bytes, in row-major order; most often UTF-8.
        case strings([[UInt8]])
    }

    package let dataType: DataType
    /// The extent of each dimension; empty for a scalar.
    package let shape: [Int]
    package let content: Content
    /// The product of the shape.
    package let elementCount: Int

    /// A tensor of numbers in memory of exactly the right size or more.
    package init(_ dataType: DataType, shape: [Int], memory: TensorMemory) throws(InferenceError) {
        elementCount = try Self.elementCount(of: shape)
        guard let size = dataType.size, memory.bytes.count >= elementCount * size else {
            throw .invalidInput("a \(dataType.rawValue) tensor of shape \(shape) needs other data")
        }
        self.dataType = dataType
        self.shape = shape
        content = .numbers(memory)
    }

    /// A tensor of strings.
    package init(strings: [[UInt8]], shape: [Int]) throws(InferenceError) {
        elementCount = try Self.elementCount(of: shape)
        guard strings.count == elementCount else {
            throw .invalidInput("a tensor of shape \(shape) has \(elementCount) elements, not \(strings.count)")
        }
        dataType = .string
        self.shape = shape
        content = .strings(strings)
    }

    /// The bytes of a tensor of numbers; 0 for strings.
    package var byteCount: Int { elementCount * (dataType.size ?? 0) }

    /// Gives `body` the bytes of a tensor of numbers, without what its memory has beyond them; none for strings.
    package func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard case .numbers(let memory) = content else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
        defer { withExtendedLifetime(memory) {} }
        return try body(UnsafeRawBufferPointer(rebasing: memory.bytes[..<byteCount]))
    }

    /// The product of a shape's extents; throws for negative extents and for more than 2^40 elements.
    package static func elementCount(of shape: [Int]) throws(InferenceError) -> Int {
        var count = 1
        for extent in shape {
            let (product, overflows) = count.multipliedReportingOverflow(by: extent)
            guard extent >= 0, !overflows, product <= 1 << 40 else {
                throw .invalidInput("a tensor cannot have the shape \(shape)")
            }
            count = product
        }
        return count
    }
}

/// A tensor with the name of the input it is for.
package struct NamedTensor: Sendable {
    package let name: String
    package let tensor: Tensor

    package init(_ name: String, _ tensor: Tensor) {
        self.name = name
        self.tensor = tensor
    }
}
