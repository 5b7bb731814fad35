/// Reads a Protocol Buffers message field by field, without copying.
///
/// Valid as long as its memory is. https://protobuf.dev/programming-guides/encoding/
struct ProtobufReader {
    /// How a field's value is written.
    enum Wire: UInt8 {
        case varint = 0
        case fixed64 = 1
        case bytes = 2
        case groupStart = 3
        case groupEnd = 4
        case fixed32 = 5
    }

    struct Field {
        let number: UInt32
        let wire: Wire
    }

    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }
    var remainingCount: Int { bytes.count - position }

    /// Reads the number and kind of the next field; nil at the end.
    mutating func nextField() throws(ProtobufError) -> Field? {
        if isAtEnd { return nil }
        let tag = try varint()
        guard let wire = Wire(rawValue: UInt8(tag & 7)), tag >> 3 > 0, tag >> 3 < 1 << 29 else { throw .invalidTag }
        return Field(number: UInt32(tag >> 3), wire: wire)
    }

    mutating func varint() throws(ProtobufError) -> UInt64 {
        if position < bytes.count, bytes[position] < 0x80 {
            position += 1
            return UInt64(bytes[position - 1])
        }
        var result: UInt64 = 0
        var shift: UInt64 = 0
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            // Bits beyond the 64th are dropped, as by other readers.
            result |= UInt64(byte & 0x7F) &<< shift
            if byte < 0x80 { return result }
            shift += 7
            if shift > 63 { throw .longVarint }
        }
        throw .truncated
    }

    mutating func fixed32() throws(ProtobufError) -> UInt32 {
        UInt32(littleEndian: try take(4).loadUnaligned(as: UInt32.self))
    }

    mutating func fixed64() throws(ProtobufError) -> UInt64 {
        UInt64(littleEndian: try take(8).loadUnaligned(as: UInt64.self))
    }

    /// The content of a field of bytes, a string, a message or packed numbers.
    mutating func content() throws(ProtobufError) -> UnsafeRawBufferPointer {
        let count = try varint()
        guard count <= UInt64(bytes.count - position) else { throw .truncated }
        return try take(Int(count))
    }

    mutating func string() throws(ProtobufError) -> String {
        String(decoding: try content(), as: UTF8.self)
    }

    mutating func message() throws(ProtobufError) -> ProtobufReader {
        ProtobufReader(try content())
    }

    /// Passes over the value of a field that nobody knows.
    mutating func skip(_ field: Field) throws(ProtobufError) {
        var open: [UInt32] = []
        var field = field
        while true {
            switch field.wire {
            case .varint: _ = try varint()
            case .fixed64: _ = try take(8)
            case .fixed32: _ = try take(4)
            case .bytes: _ = try content()
            case .groupStart:
                guard open.count < 64 else { throw .deepGroups }
                open.append(field.number)
            case .groupEnd:
                guard open.popLast() == field.number else { throw .invalidTag }
            }
            if open.isEmpty { return }
            guard let next = try nextField() else { throw .truncated }
            field = next
        }
    }

    private mutating func take(_ count: Int) throws(ProtobufError) -> UnsafeRawBufferPointer {
        guard count <= bytes.count - position else { throw .truncated }
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
    }
}
