package import Inference
package import NIOCore

/// Tensors as the protocol's raw bytes: little-endian, row-major, strings with their length before them.
package enum BinaryTensor {
    package static func read(
        _ dataType: DataType,
        shape: [Int],
        _ bytes: UnsafeRawBufferPointer
    ) throws(JSONProblem) -> Tensor {
        do {
            let count = try Tensor.elementCount(of: shape)
            guard let size = dataType.size else {
                return try Tensor(strings: try strings(bytes, count: count), shape: shape)
            }
            guard count * size == bytes.count else {
                throw InferenceError.invalidInput(
                    "a \(dataType.rawValue) tensor of shape \(shape) has \(count * size) bytes, not \(bytes.count)"
                )
            }
            let memory = TensorMemory(byteCount: bytes.count)
            UnsafeMutableRawBufferPointer(rebasing: memory.bytes[..<bytes.count]).copyMemory(from: bytes)
            if dataType == .bool {
                // Other bytes than 0 and 1 are no truth values for the code behind.
                for index in 0..<bytes.count where memory.bytes[index] > 1 { memory.bytes[index] = 1 }
            }
            return try Tensor(dataType, shape: shape, memory: memory)
        } catch {
            throw JSONProblem("\(error)", at: 0)
        }
    }

    private static func strings(
        _ bytes: UnsafeRawBufferPointer,
        count: Int
    ) throws(InferenceError) -> [[UInt8]] {
        guard count <= bytes.count / 4 else {
            throw .invalidInput("\(count) strings do not fit into \(bytes.count) bytes")
        }
        var strings: [[UInt8]] = []
        strings.reserveCapacity(count)
        var offset = 0
        while offset < bytes.count {
            guard bytes.count - offset >= 4 else { throw .invalidInput("the length of a string is cut off") }
            let length = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
            offset += 4
            guard length <= bytes.count - offset else { throw .invalidInput("a string is cut off") }
            strings.append(Array(bytes[offset..<(offset + length)]))
            offset += length
        }
        return strings
    }

    /// The bytes that `write` will write.
    package static func size(of tensor: Tensor) -> Int {
        switch tensor.content {
        case .numbers: tensor.byteCount
        case .strings(let strings): strings.reduce(0) { $0 + 4 + $1.count }
        }
    }

    package static func write(_ tensor: Tensor, to buffer: inout ByteBuffer) {
        switch tensor.content {
        case .numbers: tensor.withBytes { _ = buffer.writeBytes($0) }
        case .strings(let strings):
            for string in strings {
                buffer.writeInteger(UInt32(truncatingIfNeeded: string.count), endianness: .little)
                buffer.writeBytes(string)
            }
        }
    }
}
