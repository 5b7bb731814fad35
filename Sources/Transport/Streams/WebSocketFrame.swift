import NIOCore

/// A frame of WebSocket (RFC 6455, 5.2).
struct WebSocketFrame: Equatable {
    enum Opcode: UInt8 {
        case continuation = 0
        case text = 1
        case binary = 2
        case close = 8
        case ping = 9
        case pong = 10

        var isControl: Bool { rawValue >= 8 }
    }

    /// What a server may not send.
    struct Fault: Error {
        let reason: String
    }

    var opcode: Opcode
    var isFinal = true
    var payload: ByteBuffer

    /// The frame at the start of what was received, which is taken away; nil while it is not complete.
    init?(parsing bytes: inout ByteBuffer, limit: Int) throws(Fault) {
        var reader = bytes
        guard let first: UInt8 = reader.readInteger(), let second: UInt8 = reader.readInteger() else { return nil }
        guard first & 0x70 == 0, let opcode = Opcode(rawValue: first & 0x0F) else {
            throw Fault(reason: "a frame of an unknown kind")
        }
        guard second & 0x80 == 0 else { throw Fault(reason: "a masked frame") }
        var length = UInt64(second & 0x7F)
        if length == 126 {
            guard let long: UInt16 = reader.readInteger() else { return nil }
            length = UInt64(long)
        } else if length == 127 {
            guard let long: UInt64 = reader.readInteger() else { return nil }
            length = long
        }
        isFinal = first & 0x80 != 0
        if opcode.isControl, !isFinal || length > 125 { throw Fault(reason: "a control frame that is too long") }
        if length > UInt64(limit) { throw Fault(reason: "a frame of \(length) bytes") }
        guard let payload = reader.readSlice(length: Int(length)) else { return nil }
        self.opcode = opcode
        self.payload = payload
        bytes = reader
    }

    init(_ opcode: Opcode, _ payload: ByteBuffer) {
        self.opcode = opcode
        self.payload = payload
    }

    /// The bytes of the frame as a client sends it: masked, so that nothing in between takes it for something else.
    func masked(with key: UInt32) -> ByteBuffer {
        var bytes = ByteBuffer()
        let count = payload.readableBytes
        bytes.reserveCapacity(count + 14)
        bytes.writeInteger(opcode.rawValue | 0x80)
        switch count {
        case ..<126: bytes.writeInteger(UInt8(count) | 0x80)
        case ..<65536:
            bytes.writeInteger(UInt8(126 | 0x80))
            bytes.writeInteger(UInt16(count))
        default:
            bytes.writeInteger(UInt8(127 | 0x80))
            bytes.writeInteger(UInt64(count))
        }
        bytes.writeInteger(key)
        for (offset, byte) in payload.readableBytesView.enumerated() {
            bytes.writeInteger(byte ^ UInt8(truncatingIfNeeded: key >> UInt32(24 - 8 * (offset & 3))))
        }
        return bytes
    }
}
