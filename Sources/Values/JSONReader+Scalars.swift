extension JSONReader {
    mutating func number() throws(SyntaxError) -> Value {
        let start = position
        if current == UInt8(ascii: "-") { position += 1 }
        guard let first = current, first.isDigit else {
            throw error("Expecting value", at: start)
        }
        position += 1
        if first != UInt8(ascii: "0") { skipDigits() }
        let isFloat = skipFraction() || skipExponent()
        if isFloat { _ = skipExponent() }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isFloat { return .float(Double(text) ?? .nan) }
        guard let value = PythonNumber.integer(text) else { throw error("Integer of too many digits", at: start) }
        return value
    }

    private mutating func skipDigits() {
        while let byte = current, byte.isDigit { position += 1 }
    }

    private mutating func skipFraction() -> Bool {
        guard current == UInt8(ascii: "."), position + 1 < bytes.count, bytes[position + 1].isDigit else {
            return false
        }
        position += 1
        skipDigits()
        return true
    }

    private mutating func skipExponent() -> Bool {
        guard let letter = current, letter | 0x20 == UInt8(ascii: "e") else { return false }
        var digits = position + 1
        if digits < bytes.count, bytes[digits] == UInt8(ascii: "+") || bytes[digits] == UInt8(ascii: "-") {
            digits += 1
        }
        guard digits < bytes.count, bytes[digits].isDigit else { return false }
        position = digits
        skipDigits()
        return true
    }

    mutating func string() throws(SyntaxError) -> String {
        let opening = position
        position += 1
        var text = ""
        var run = position
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                text += try decoded(run..<position)
                position += 1
                return text
            case UInt8(ascii: "\\"):
                text += try decoded(run..<position)
                text.unicodeScalars.append(try escape())
                run = position
            case ..<0x20: throw error("Invalid control character at")
            default: position += 1
            }
        }
        throw error("Unterminated string starting at", at: opening)
    }

    private func decoded(_ range: Range<Int>) throws(SyntaxError) -> String {
        guard let text = String(validating: bytes[range], as: UTF8.self) else {
            throw error("Invalid UTF-8", at: range.lowerBound)
        }
        return text
    }

    private mutating func escape() throws(SyntaxError) -> Unicode.Scalar {
        let start = position
        position += 2
        guard start + 1 < bytes.count else { throw error("Unterminated string starting at", at: start) }
        switch bytes[start + 1] {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape(from: start)
        default: throw error("Invalid \\escape", at: start)
        }
    }

    private mutating func unicodeEscape(from start: Int) throws(SyntaxError) -> Unicode.Scalar {
        guard let unit = hexUnit(at: position) else { throw error("Invalid \\uXXXX escape", at: start) }
        position += 4
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard unit < 0xDC00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u"), let low = hexUnit(at: position + 2),
            (0xDC00..<0xE000).contains(low)
        else { return "\u{FFFD}" }
        position += 6
        return Unicode.Scalar(surrogates: unit, low)
    }

    private func hexUnit(at offset: Int) -> UInt32? {
        guard offset + 4 <= bytes.count else { return nil }
        var unit: UInt32 = 0
        for byte in bytes[offset..<offset + 4] {
            guard let digit = byte.hexDigit else { return nil }
            unit = unit << 4 | digit
        }
        return unit
    }
}

extension UInt8 {
    var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
}
