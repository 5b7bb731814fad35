import Digests

/// The text of JSON strings as Python's `json` writes it with `ensure_ascii`.
enum JSONText {
    private static let hexDigits = Array("0123456789abcdef".utf8)

    /// Appends the string without its quotes.
    static func escape(_ text: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) {
        guard let start = text.baseAddress else { return }
        var position = 0
        while position < text.count {
            let plain = ByteRuns.plainLength(start + position, text.count - position)
            output.append(contentsOf: UnsafeBufferPointer(start: start + position, count: plain))
            position += plain
            if position == text.count { return }
            let byte = text[position]
            if byte < 0x80 {
                appendEscape(byte, to: &output)
                position += 1
            } else {
                let (scalar, length) = CodePointOrder.decode(text, at: position)
                appendUnits(scalar, to: &output)
                position += length
            }
        }
    }

    private static func appendEscape(_ byte: UInt8, to output: inout [UInt8]) {
        let letter: UInt8? =
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
            case 0x0a: UInt8(ascii: "n")
            case 0x0d: UInt8(ascii: "r")
            case 0x09: UInt8(ascii: "t")
            case 0x0c: UInt8(ascii: "f")
            case 0x08: UInt8(ascii: "b")
            default: nil
            }
        guard let letter else { return appendUnit(UInt32(byte), to: &output) }
        output.append(UInt8(ascii: "\\"))
        output.append(letter)
    }

    private static func appendUnits(_ scalar: UInt32, to output: inout [UInt8]) {
        if scalar < 0x10000 { return appendUnit(scalar, to: &output) }
        let rest = scalar - 0x10000
        appendUnit(0xd800 + (rest >> 10), to: &output)
        appendUnit(0xdc00 + (rest & 0x3ff), to: &output)
    }

    private static func appendUnit(_ unit: UInt32, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\\"))
        output.append(UInt8(ascii: "u"))
        for shift in [UInt32(12), 8, 4, 0] { output.append(hexDigits[Int(unit >> shift & 15)]) }
    }
}
