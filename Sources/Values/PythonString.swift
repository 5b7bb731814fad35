/// Writes strings and dates as Python's `repr` does.
enum PythonString {
    static func repr(_ text: String) -> String {
        let quote: Unicode.Scalar =
            text.utf8.contains(UInt8(ascii: "'")) && !text.utf8.contains(UInt8(ascii: "\"")) ? "\"" : "'"
        var result = String(quote)
        for scalar in text.unicodeScalars {
            switch scalar {
            case quote, "\\": result += "\\" + String(scalar)
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default: result += isPrintable(scalar) ? String(scalar) : escape(scalar)
            }
        }
        return result + String(quote)
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value >= 0x20 && scalar.value < 0x7F }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator:
            return false
        default: return true
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let (prefix, width) = scalar.value < 0x100 ? ("\\x", 2) : scalar.value < 0x10000 ? ("\\u", 4) : ("\\U", 8)
        let digits = String(scalar.value, radix: 16)
        return prefix + String(repeating: "0", count: width - digits.count) + digits
    }

    /// Gives `datetime.date(2020, 1, 31)` for `2020-01-31`, and the like for a timestamp; times of day stay as text.
    static func dateRepr(_ text: String) -> String {
        let fields = text.split { !$0.isNumber }.compactMap { Int($0) }
        if text.count == 10, fields.count == 3 { return "datetime.date(\(list(fields)))" }
        guard text.utf8.count == 19 || text.utf8.count == 26, text.utf8.dropFirst(19).first ?? 0x2E == 0x2E else {
            return repr(text)
        }
        let hasSeconds = fields.dropFirst(5).contains { $0 != 0 }
        return "datetime.datetime(\(list(hasSeconds ? fields : Array(fields.prefix(5)))))"
    }

    private static func list(_ numbers: [Int]) -> String {
        numbers.map(String.init).joined(separator: ", ")
    }
}
