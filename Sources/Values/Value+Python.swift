import OrderedCollections

extension Value {
    /// Python's `str()`: `None`, `True`, `1e-05`, `[1, 'a']`.
    package var pythonText: String {
        if case .string(let text) = self { return text }
        return pythonRepr
    }

    /// Python's `repr()`.
    package var pythonRepr: String {
        switch self {
        case .null: "None"
        case .bool(let flag): flag ? "True" : "False"
        case .int(let number): String(number)
        case .bigInt(let digits): digits
        case .float(let number): PythonNumber.repr(number)
        case .string(let text): Self.quoted(text)
        case .date(let text): text
        case .list(let elements): "[" + elements.map(\.pythonRepr).joined(separator: ", ") + "]"
        case .map(let map):
            "{" + map.map { "\($0.key.pythonRepr): \($0.value.pythonRepr)" }.joined(separator: ", ") + "}"
        }
    }

    fileprivate static func quoted(_ text: String) -> String {
        let quote: Unicode.Scalar = text.contains("'") && !text.contains("\"") ? "\"" : "'"
        var result = String(quote)
        for scalar in text.unicodeScalars {
            switch scalar {
            case quote, "\\": result += "\\" + String(scalar)
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                result += "\\x" + (digits.count < 2 ? "0" : "") + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + String(quote)
    }

    /// Python's `==`: `1 == 1.0 == True`, the order of keys does not count, NaN equals nothing.
    package func isEqualInPython(to other: Value) -> Bool {
        switch (self, other) {
        case (.list(let left), .list(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { $0.isEqualInPython(to: $1) }
        case (.map(let left), .map(let right)):
            return left.count == right.count
                && left.allSatisfy { right[$0.key]?.isEqualInPython(to: $0.value) ?? false }
        default:
            if let left = integer, let right = other.integer { return left == right }
            if let left = number, let right = other.number { return left == right }
            return self == other
        }
    }

    private var integer: Int? {
        switch self {
        case .int(let number): number
        case .bool(let flag): flag ? 1 : 0
        default: nil
        }
    }

    private var number: Double? {
        switch self {
        case .float(let number): number
        case .bigInt(let digits): Double(digits)
        default: integer.map(Double.init)
        }
    }
}

extension Value.Key {
    /// Python's `str()` of the key.
    package var pythonText: String {
        if isString { return text }
        switch text {
        case "true", "True", "TRUE": return "True"
        case "false", "False", "FALSE": return "False"
        case "", "null", "~", "Null", "NULL": return "None"
        default: return text
        }
    }

    /// Python's `repr()` of the key.
    package var pythonRepr: String { isString ? Value.quoted(text) : pythonText }
}
