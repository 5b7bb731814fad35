import Values

/// Finds bytes that no YAML text may have.
enum TextCheck {
    /// Tells whether the text is all ASCII.
    static func check(_ bytes: UnsafeBufferPointer<UInt8>) throws(SyntaxError) -> Bool {
        guard bytes.count < Int(UInt32.max) else { throw SyntaxError(message: "text too long", line: 1, column: 1) }
        var index = 0
        var isASCII = true
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x80 {
                guard byte >= 0x20 && byte != 0x7F || byte == 0x0A || byte == 0x0D || byte == 0x09 else {
                    throw fault("control character \(hex(UInt32(byte)))", at: index, in: bytes)
                }
                index += 1
            } else {
                isASCII = false
                index += try width(at: index, in: bytes)
            }
        }
        return isASCII
    }

    private static func width(at index: Int, in bytes: UnsafeBufferPointer<UInt8>) throws(SyntaxError) -> Int {
        var decoder = UTF8()
        var iterator = bytes[index..<min(index + 4, bytes.count)].makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator) else {
            throw fault("invalid UTF-8", at: index, in: bytes)
        }
        switch scalar.value {
        case 0x85, 0xA0...0xFFFD, 0x10000...: return UTF8.width(scalar)
        default: throw fault("control character \(hex(scalar.value))", at: index, in: bytes)
        }
    }

    private static func hex(_ code: UInt32) -> String {
        "U+" + String(repeating: "0", count: max(0, 4 - String(code, radix: 16).count))
            + String(code, radix: 16, uppercase: true)
    }

    private static func fault(
        _ message: String,
        at index: Int,
        in bytes: UnsafeBufferPointer<UInt8>
    ) -> SyntaxError {
        var line = 1
        var start = 0
        for (offset, byte) in bytes[..<index].enumerated() where byte == 0x0A {
            line += 1
            start = offset + 1
        }
        let column = bytes[start..<index].reduce(into: 1) { $0 += $1 & 0xC0 == 0x80 ? 0 : 1 }
        return SyntaxError(message: message, line: line, column: column)
    }
}
