import Inference

/// Puts numbers from a message into a tensor's memory.
struct ElementWriter {
    let memory: TensorMemory
    private(set) var count = 0
    private(set) var problem: String?
    private let type: DataType
    private let capacity: Int

    init(_ type: DataType, capacity: Int, memory: TensorMemory) {
        self.type = type
        self.capacity = capacity
        self.memory = memory
    }

    /// Takes one element, or packed ones.
    mutating func read(_ field: ProtobufReader.Field, _ reader: inout ProtobufReader) throws(ProtobufError) {
        switch (type, field.wire) {
        case (.float32, .fixed32): store(try reader.fixed32())
        case (.float64, .fixed64): store(try reader.fixed64())
        case (.float32, .bytes), (.float64, .bytes): copy(try reader.content())
        case (_, .varint): store(varint: try reader.varint())
        case (_, .bytes):
            var packed = try reader.message()
            while !packed.isAtEnd { store(varint: try packed.varint()) }
        default: try reader.skip(field)
        }
    }

    private mutating func copy(_ bytes: UnsafeRawBufferPointer) {
        let size = type.size ?? 1
        let added = bytes.count / size
        guard bytes.count % size == 0, added <= capacity - count else {
            problem = "there are more elements than its shape has"
            return
        }
        if added == 0 { return }
        UnsafeMutableRawBufferPointer(rebasing: memory.bytes[(count * size)...]).copyMemory(from: bytes)
        count += added
    }

    private mutating func store(varint: UInt64) {
        let signed = Int64(bitPattern: varint)
        switch type {
        case .bool: store(UInt8(varint == 0 ? 0 : 1))
        case .int8: store(checked: Int8(exactly: signed))
        case .int16: store(checked: Int16(exactly: signed))
        case .int32: store(Int32(truncatingIfNeeded: signed))
        case .int64: store(signed)
        case .uint8: store(checked: UInt8(exactly: varint))
        case .uint16: store(checked: UInt16(exactly: varint))
        case .uint32: store(UInt32(truncatingIfNeeded: varint))
        case .uint64: store(varint)
        case .float16, .float32, .float64, .bfloat16, .string: problem = "its contents are of another type"
        }
    }

    private mutating func store<Element: BitwiseCopyable>(checked element: Element?) {
        guard let element else {
            problem = "a number is out of the range of \(type.rawValue)"
            return
        }
        store(element)
    }

    private mutating func store<Element: BitwiseCopyable>(_ element: Element) {
        guard count < capacity else {
            problem = "there are more elements than its shape has"
            return
        }
        memory.bytes.storeBytes(of: element, toByteOffset: count * MemoryLayout<Element>.size, as: Element.self)
        count += 1
    }
}
