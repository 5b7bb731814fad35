package import NIOCore

/// Writes JSON into a buffer.
package struct JSONOutput {
    package var buffer: ByteBuffer

    package init(_ buffer: ByteBuffer) {
        self.buffer = buffer
    }

    /// Writes text that is JSON already.
    @inline(__always)
    package mutating func raw(_ text: StaticString) {
        buffer.writeStaticString(text)
    }

    package mutating func byte(_ character: Unicode.Scalar) {
        buffer.writeInteger(UInt8(truncatingIfNeeded: character.value))
    }

    package mutating func integer(_ number: Int) {
        var number = number
        if number < 0 {
            byte("-")
            // The magnitude of the smallest does not fit.
            if number == .min { return raw("9223372036854775808") }
            number = -number
        }
        unsigned(UInt64(number))
    }

    package mutating func unsigned(_ number: UInt64) {
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: 20) { JSONDigits.write(number, to: $0, at: 0) }
    }

    package mutating func bool(_ flag: Bool) {
        if flag { raw("true") } else { raw("false") }
    }

    /// Writes a string in quotes.
    package mutating func string(_ text: String) {
        var text = text
        text.withUTF8 { string(UnsafeRawBufferPointer($0)) }
    }

    /// Writes UTF-8 in quotes; what is not UTF-8 becomes U+FFFD.
    package mutating func string(_ bytes: UnsafeRawBufferPointer) {
        byte("\"")
        if bytes.contains(where: { $0 >= 0x80 }), String(validating: bytes, as: UTF8.self) == nil {
            var repaired = String(decoding: bytes, as: UTF8.self)
            repaired.withUTF8 { escaped(UnsafeRawBufferPointer($0)) }
        } else {
            escaped(bytes)
        }
        byte("\"")
    }

    private mutating func escaped(_ bytes: UnsafeRawBufferPointer) {
        var start = 0
        for (index, byte) in bytes.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F {
            buffer.writeBytes(bytes[start..<index])
            start = index + 1
            switch byte {
            case 0x22: raw("\\\"")
            case 0x5C: raw("\\\\")
            case 0x0A: raw("\\n")
            case 0x0D: raw("\\r")
            case 0x09: raw("\\t")
            default:
                raw("\\u00")
                buffer.writeInteger(Self.hexadecimal(byte >> 4))
                buffer.writeInteger(Self.hexadecimal(byte & 0xF))
            }
        }
        buffer.writeBytes(bytes[start...])
    }

    private static func hexadecimal(_ nibble: UInt8) -> UInt8 {
        nibble + (nibble < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
    }

    /// Writes the list of integers.
    package mutating func integers(_ numbers: [Int]) {
        byte("[")
        for (index, number) in numbers.enumerated() {
            if index > 0 { byte(",") }
            integer(number)
        }
        byte("]")
    }
}

/// Decimal digits of numbers, written to memory.
enum JSONDigits {
    /// Writes an integer and gives the count of its digits; the memory must have 20 bytes after `offset`.
    @inline(__always)
    static func write(_ number: UInt64, to target: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
        if number < 10 {
            target[offset] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number)
            return 1
        }
        var count = 0
        var rest = number
        while rest > 0 {
            rest /= 10
            count += 1
        }
        rest = number
        var place = offset + count
        while place > offset {
            place -= 1
            target[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        return count
    }
}
