import Inference
import NIOCore

/// Tensors as the protocol's binary forms have them: little-endian, row-major; before each string its length in four bytes.
extension Tensor {
    /// Copies a tensor out of raw bytes of exactly its size.
    init(raw bytes: UnsafeRawBufferPointer, _ dataType: DataType, shape: [Int]) throws(InferenceError) {
        let count = try Self.elementCount(of: shape)
        guard let size = dataType.size else {
            try self.init(strings: Self.strings(bytes, count: count), shape: shape)
            return
        }
        guard bytes.count == count * size else {
            throw .invalidInput(
                "\(dataType.rawValue) data of shape \(shape) takes \(count * size) bytes, but there are \(bytes.count)"
            )
        }
        let memory = TensorMemory(byteCount: bytes.count)
        memory.bytes.copyMemory(from: bytes)
        if dataType == .bool { memory.makeBooleans(count) }
        try self.init(dataType, shape: shape, memory: memory)
    }

    private static func strings(_ bytes: UnsafeRawBufferPointer, count: Int) throws(InferenceError) -> [[UInt8]] {
        // Each takes four bytes at least, so that a wrong count does not take memory.
        guard count <= bytes.count / 4 else {
            throw .invalidInput("there are fewer than \(count) BYTES elements in \(bytes.count) bytes of data")
        }
        var strings: [[UInt8]] = []
        strings.reserveCapacity(count)
        var position = 0
        for _ in 0..<count {
            guard bytes.count - position >= 4 else { throw .invalidInput("the data of BYTES elements ends early") }
            let length = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)))
            position += 4
            guard bytes.count - position >= length else {
                throw .invalidInput("a BYTES element is longer than its data")
            }
            strings.append(Array(bytes[position..<position + length]))
            position += length
        }
        guard position == bytes.count else {
            throw .invalidInput("there are \(bytes.count - position) bytes after \(count) BYTES elements")
        }
        return strings
    }

    /// The size of the raw form.
    var rawByteCount: Int {
        switch content {
        case .numbers: bytes.count
        case .strings(let strings): strings.reduce(0) { $0 + 4 + $1.count }
        }
    }

    /// Appends the raw form.
    func writeRaw(to buffer: inout ByteBuffer) {
        switch content {
        case .numbers: buffer.writeBytes(bytes)
        case .strings(let strings):
            for string in strings {
                buffer.writeInteger(UInt32(truncatingIfNeeded: string.count), endianness: .little)
                buffer.writeBytes(string)
            }
        }
    }
}

extension TensorMemory {
    /// Makes every byte that is not 0 a 1: other values are no booleans in C.
    func makeBooleans(_ count: Int) {
        for index in 0..<count where bytes[index] > 1 { bytes[index] = 1 }
    }
}
