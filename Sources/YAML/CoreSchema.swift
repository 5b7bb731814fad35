import Values

/// Decides what a plain scalar stands for: the core schema of YAML 1.2 with the additions DVC's reader makes
/// (underscores in numbers, `0b`, dates).
enum CoreSchema {
    enum Resolution {
        case string
        case value(Value)
        /// The text has the form of a date or time, but names none.
        case noSuchDate
    }

    static func resolution(of text: UnsafeBufferPointer<UInt8>) -> Resolution {
        guard let first = text.first else { return .value(.null) }
        switch first {
        case UInt8(ascii: "~"): return text.count == 1 ? .value(.null) : .string
        case UInt8(ascii: "n"), UInt8(ascii: "N"):
            return isWord(text, "null", "Null", "NULL") ? .value(.null) : .string
        case UInt8(ascii: "t"), UInt8(ascii: "T"):
            return isWord(text, "true", "True", "TRUE") ? .value(.bool(true)) : .string
        case UInt8(ascii: "f"), UInt8(ascii: "F"):
            return isWord(text, "false", "False", "FALSE") ? .value(.bool(false)) : .string
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            if let number = number(text) { return .value(number) }
            return date(text)
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            return number(text).map { .value($0) } ?? .string
        default: return .string
        }
    }

    /// Whether a plain scalar of this text would be read as something other than a string.
    static func isSpecial(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        if isWord(text, "=", "<<") { return true }
        guard let first = text.first else { return true }
        if first.isDigit || first == UInt8(ascii: "+") || first == UInt8(ascii: "-") || first == UInt8(ascii: ".") {
            return integerForm(text) != nil || isFloat(text) || YAMLTimestamp.matches(text)
        }
        if case .string = resolution(of: text) { return false }
        return true
    }

    private static func isWord(_ text: UnsafeBufferPointer<UInt8>, _ words: StaticString...) -> Bool {
        words.contains { word in word.withUTF8Buffer { text.elementsEqual($0) } }
    }

    private static func date(_ text: UnsafeBufferPointer<UInt8>) -> Resolution {
        guard YAMLTimestamp.matches(text) else { return .string }
        return YAMLTimestamp.pythonText(text).map { .value(.date($0)) } ?? .noSuchDate
    }

    static func number(_ text: UnsafeBufferPointer<UInt8>) -> Value? {
        if let small = smallInteger(text) { return small }
        if let (radix, prefix) = integerForm(text) { return integer(text, radix: radix, prefix: prefix) }
        return isFloat(text) ? float(text) : nil
    }

    /// The common case: up to 18 decimal digits.
    private static func smallInteger(_ text: UnsafeBufferPointer<UInt8>) -> Value? {
        guard text.count <= 18 else { return nil }
        var number = 0
        for byte in text {
            guard byte.isDigit else { return nil }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return .int(number)
    }

    /// The radix of an integer and the length of `0x` and the like; the sign is not counted.
    private static func integerForm(_ text: UnsafeBufferPointer<UInt8>) -> (radix: Int, prefix: Int)? {
        let digits = text.dropFirst(isSign(text[0]) ? 1 : 0)
        guard let first = digits.first else { return nil }
        if digits.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: "_") }) { return (10, 0) }
        guard first == UInt8(ascii: "0"), digits.count > 2 else { return nil }
        let radix: UInt32
        switch digits[digits.startIndex + 1] {
        case UInt8(ascii: "b"): radix = 2
        case UInt8(ascii: "o"): radix = 8
        case UInt8(ascii: "x"): radix = 16
        default: return nil
        }
        let isNumber = digits.dropFirst(2).allSatisfy { byte in
            byte == UInt8(ascii: "_") || byte.hexDigit.map { $0 < radix } ?? false
        }
        return isNumber ? (Int(radix), 2) : nil
    }

    private static func isSign(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
    }

    private static func integer(_ text: UnsafeBufferPointer<UInt8>, radix: Int, prefix: Int) -> Value? {
        let isNegative = text[0] == UInt8(ascii: "-")
        let digits = text.dropFirst((isSign(text[0]) ? 1 : 0) + prefix).filter { $0 != UInt8(ascii: "_") }
        return PythonNumber.integer((isNegative ? "-" : "") + String(decoding: digits, as: UTF8.self), radix: radix)
    }

    private static func isFloat(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var rest = text.dropFirst(isSign(text[0]) ? 1 : 0)
        guard let first = rest.first else { return false }
        if first == UInt8(ascii: ".") {
            let word = UnsafeBufferPointer(rebasing: rest)
            if isWord(word, ".inf", ".Inf", ".INF") { return true }
            if isWord(text, ".nan", ".NaN", ".NAN") { return true }
            rest = rest.dropFirst()
            let fraction = rest.prefix { $0.isDigit || $0 == UInt8(ascii: "_") }
            rest = rest.dropFirst(fraction.count)
            return !fraction.isEmpty && (rest.isEmpty || isExponent(rest, needsSign: true))
        }
        guard first.isDigit else { return false }
        rest = rest.drop { $0.isDigit || $0 == UInt8(ascii: "_") }
        guard rest.first == UInt8(ascii: ".") else { return isExponent(rest, needsSign: false) }
        rest = rest.dropFirst().drop { $0.isDigit || $0 == UInt8(ascii: "_") }
        return rest.isEmpty || isExponent(rest, needsSign: false)
    }

    private static func isExponent(_ text: Slice<UnsafeBufferPointer<UInt8>>, needsSign: Bool) -> Bool {
        guard let letter = text.first, letter | 0x20 == UInt8(ascii: "e") else { return false }
        var digits = text.dropFirst()
        if let sign = digits.first, isSign(sign) {
            digits = digits.dropFirst()
        } else if needsSign {
            return false
        }
        return !digits.isEmpty && digits.allSatisfy(\.isDigit)
    }

    private static func float(_ text: UnsafeBufferPointer<UInt8>) -> Value? {
        let digits = text.filter { $0 != UInt8(ascii: "_") }
        switch String(decoding: digits, as: UTF8.self).lowercased() {
        case ".nan": return .float(.nan)
        case ".inf", "+.inf": return .float(.infinity)
        case "-.inf": return .float(-.infinity)
        case let number: return Double(number).map { .float($0) }
        }
    }
}
