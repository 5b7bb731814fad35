import NIOCore

/// Writes a Protocol Buffers message; fields with the default value are left out, as proto3 has it.
struct ProtobufWriter {
    var buffer: ByteBuffer

    init(_ buffer: ByteBuffer = ByteBuffer()) {
        self.buffer = buffer
    }

    mutating func write(_ value: String, _ number: UInt32) {
        if value.isEmpty { return }
        element(value, number)
    }

    /// Writes a string of a repeated field, which may be empty.
    mutating func element(_ value: String, _ number: UInt32) {
        tag(number, .bytes)
        varint(UInt64(value.utf8.count))
        buffer.writeString(value)
    }

    mutating func write(_ value: Bool, _ number: UInt32) {
        if value { write(UInt64(1), number) }
    }

    mutating func write(_ value: UInt64, _ number: UInt32) {
        if value == 0 { return }
        tag(number, .varint)
        varint(value)
    }

    mutating func write(_ bytes: UnsafeRawBufferPointer, _ number: UInt32) {
        tag(number, .bytes)
        varint(UInt64(bytes.count))
        buffer.writeBytes(bytes)
    }

    /// Writes signed numbers packed.
    mutating func write(packed values: some Collection<Int64>, _ number: UInt32) {
        if values.isEmpty { return }
        message(number) { writer in
            for value in values { writer.varint(UInt64(bitPattern: value)) }
        }
    }

    /// Writes what a closure writes as one field; its length is put before it afterwards.
    mutating func message(_ number: UInt32, _ write: (inout ProtobufWriter) -> Void) {
        tag(number, .bytes)
        let start = buffer.writerIndex
        buffer.writeInteger(UInt8(0))
        write(&self)
        let length = UInt64(buffer.writerIndex - start - 1)
        let extra = Self.size(of: length) - 1
        if extra > 0 {
            buffer.writeRepeatingByte(0, count: extra)
            buffer.copyBytes(within: start + 1, by: extra, count: Int(length))
        }
        let end = buffer.writerIndex
        buffer.moveWriterIndex(to: start)
        varint(length)
        buffer.moveWriterIndex(to: end)
    }

    mutating func varint(_ value: UInt64) {
        if value < 0x80 {
            buffer.writeInteger(UInt8(value))
            return
        }
        var rest = value
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: 10) { target in
            var count = 0
            while rest >= 0x80 {
                target[count] = UInt8(truncatingIfNeeded: rest) | 0x80
                rest >>= 7
                count += 1
            }
            target[count] = UInt8(rest)
            return count + 1
        }
    }

    mutating func tag(_ number: UInt32, _ wire: ProtobufReader.Wire) {
        varint(UInt64(number) << 3 | UInt64(wire.rawValue))
    }

    static func size(of varint: UInt64) -> Int {
        (70 - (varint | 1).leadingZeroBitCount) / 7
    }
}

extension ByteBuffer {
    /// Moves written bytes further back over what is there.
    fileprivate mutating func copyBytes(within index: Int, by distance: Int, count: Int) {
        // Fails for indexes out of bounds only, which are ours.
        _ = try? copyBytes(at: index, to: index + distance, length: count)
    }
}
