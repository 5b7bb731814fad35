import Values

/// The meaning of plain scalars: YAML 1.2's core schema as ruamel.yaml resolves it, with dates and underscores.
enum YAMLScalar {
    static func resolve(_ text: String) -> Value {
        let bytes = Array(text.utf8)
        guard let first = bytes.first else { return .null }
        switch first {
        case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"):
            if ["~", "null", "Null", "NULL"].contains(text) { return .null }
        case UInt8(ascii: "t"), UInt8(ascii: "T"):
            if ["true", "True", "TRUE"].contains(text) { return .bool(true) }
        case UInt8(ascii: "f"), UInt8(ascii: "F"):
            if ["false", "False", "FALSE"].contains(text) { return .bool(false) }
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            if let value = integer(bytes) ?? float(bytes, text) { return value }
            if let date = date(bytes, text) { return date }
        default: break
        }
        return .string(text)
    }

    private static func integer(_ bytes: [UInt8]) -> Value? {
        var digits = bytes[...]
        var isNegative = false
        if let sign = digits.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            digits = digits.dropFirst()
        }
        var radix = 10
        if digits.count > 2, digits.first == UInt8(ascii: "0") {
            switch digits[digits.startIndex + 1] {
            case UInt8(ascii: "b"): radix = 2
            case UInt8(ascii: "o"): radix = 8
            case UInt8(ascii: "x"): radix = 16
            default: break
            }
            if radix != 10 { digits = digits.dropFirst(2) }
        }
        guard let first = digits.first, first != UInt8(ascii: "_") || radix != 10 else { return nil }
        let text = digits.filter { $0 != UInt8(ascii: "_") }
        if text.isEmpty || !text.allSatisfy({ isDigit($0, radix) }) { return nil }
        let plain = String(decoding: text, as: UTF8.self)
        if let number = Int((isNegative ? "-" : "") + plain, radix: radix) { return .int(number) }
        if radix != 10 { return nil }
        let trimmed = plain.drop { $0 == "0" }
        return .bigInt((isNegative ? "-" : "") + trimmed)
    }

    private static func isDigit(_ byte: UInt8, _ radix: Int) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0")) < radix
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): radix == 16
        default: false
        }
    }

    private static func float(_ bytes: [UInt8], _ text: String) -> Value? {
        switch text {
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .float(.infinity)
        case "-.inf", "-.Inf", "-.INF": return .float(-.infinity)
        case ".nan", ".NaN", ".NAN": return .float(.nan)
        default: break
        }
        var index = 0
        if bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-") { index = 1 }
        func run() -> Int {
            let start = index
            while index < bytes.count, isDigit(bytes[index], 10) || bytes[index] == UInt8(ascii: "_") { index += 1 }
            return index - start
        }
        let startsWithUnderscore = index < bytes.count && bytes[index] == UInt8(ascii: "_")
        let whole = run()
        var fraction = 0
        var hasPoint = false
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            hasPoint = true
            index += 1
            fraction = run()
        }
        if startsWithUnderscore || whole + fraction == 0 { return nil }
        var hasExponent = false
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            hasExponent = true
            index += 1
            if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") {
                index += 1
            }
            let start = index
            while index < bytes.count, isDigit(bytes[index], 10) { index += 1 }
            if index == start { return nil }
        }
        if index != bytes.count || !(hasPoint || hasExponent) { return nil }
        var plain = text.filter { $0 != "_" }
        if plain.hasSuffix(".") { plain += "0" }
        return Double(plain.replacing(".e", with: ".0e").replacing(".E", with: ".0E")).map(Value.float)
    }

    /// `2020-01-01`, or that with a time.
    private static func date(_ bytes: [UInt8], _ text: String) -> Value? {
        func digits(_ range: Range<Int>) -> Bool { bytes[range].allSatisfy { isDigit($0, 10) } }
        let dash = UInt8(ascii: "-")
        guard bytes.count >= 10, digits(0..<4), bytes[4] == dash, digits(5..<7), bytes[7] == dash, digits(8..<10)
        else { return nil }
        if bytes.count == 10 { return .date(text) }
        let separators = [UInt8(ascii: "T"), UInt8(ascii: "t"), 0x20, 0x09]
        guard bytes.count >= 16, separators.contains(bytes[10]), bytes[11...].contains(UInt8(ascii: ":")),
            bytes[11...].allSatisfy({ isDigit($0, 10) || "+-:. TZz\t".utf8.contains($0) })
        else { return nil }
        return .date(text.replacing("T", with: " ").replacing("t", with: " "))
    }
}
