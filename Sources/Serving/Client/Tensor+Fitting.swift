import Inference
import NIOCore

extension Tensor {
    /// The same elements in a shape that a model takes: a single row becomes a batch of one, a flat list fills up what is
    /// open.
    func fitted(to input: TensorMetadata) throws(InputFileError) -> Tensor {
        if Self.fits(shape, input.shape) { return self }
        if Self.fits([1] + shape, input.shape) { return try reshaped([1] + shape) }
        let fixed = input.shape.reduce(1) { $0 * ($1 ?? 1) }
        let isDivisible = fixed > 0 && elementCount % fixed == 0
        if isDivisible, input.shape.count(where: { $0 == nil }) == 1 || elementCount == fixed {
            var open: Int? = elementCount / fixed
            let filled = input.shape.map { extent -> Int in
                if let extent { return extent }
                defer { open = 1 }
                return open ?? 1
            }
            return try reshaped(filled)
        }
        let wanted = input.shape.map { $0.map(String.init) ?? "-1" }.joined(separator: ", ")
        throw InputFileError("input '\(input.name)' takes the shape [\(wanted)], not \(shape)")
    }

    private static func fits(_ shape: [Int], _ wanted: [Int?]) -> Bool {
        shape.count == wanted.count && zip(shape, wanted).allSatisfy { $1 == nil || $0 == $1 }
    }

    private func reshaped(_ shape: [Int]) throws(InputFileError) -> Tensor {
        do throws(InferenceError) {
            switch content {
            case .numbers(let memory): return try Tensor(dataType, shape: shape, memory: memory)
            case .strings(let strings): return try Tensor(strings: strings, shape: shape)
            }
        } catch {
            throw InputFileError(error.description)
        }
    }

    /// The elements as another type of numbers; throws for those that it does not have.
    func converted(to type: DataType) throws(InputFileError) -> Tensor {
        if type == dataType { return self }
        guard type != .string, dataType != .string else {
            throw InputFileError("it is of \(dataType.rawValue), but the model takes \(type.rawValue)")
        }
        var output = JSONOutput(ByteBuffer())
        output.nested(self)
        do {
            return try output.buffer.withUnsafeReadableBytes { bytes in
                var cursor = JSONCursor(bytes)
                return try JSONTensorReader.read(type, expected: elementCount, from: &cursor)
            }
        } catch {
            throw InputFileError("it is of \(dataType.rawValue), and not all of it is \(type.rawValue): \(error)")
        }
    }
}
