import Values

extension YAMLParser {
    /// Gives the value of a scalar under a tag; unknown tags leave the text.
    func tagged(_ text: [UInt8], style: YAMLScalarStyle, _ tag: String?) throws(SyntaxError) -> Value {
        let string = String(decoding: text, as: UTF8.self)
        guard let tag, tag != "!" else { return try resolved(text) }
        let prefix = "tag:yaml.org,2002:"
        guard tag.hasPrefix(prefix) else { return .string(string) }
        switch tag.dropFirst(prefix.count) {
        case "null": return .null
        case "bool":
            guard let flag = Self.booleans[string.lowercased()] else { throw error("'\(string)' is no boolean") }
            return .bool(flag)
        case "int":
            guard let number = number(text), number.isInteger else { throw error("'\(string)' is no integer") }
            return number
        case "float":
            guard let number = number(text)?.double else { throw error("'\(string)' is no number") }
            return .float(number)
        case "timestamp":
            guard case .date(let date) = try resolved(text) else { throw error("'\(string)' is no date") }
            return .date(date)
        default: return .string(string)
        }
    }

    private static let booleans = [
        "yes": true, "no": false, "y": true, "n": false, "true": true, "false": false, "on": true, "off": false,
    ]

    private func number(_ text: [UInt8]) -> Value? {
        guard !text.isEmpty else { return nil }
        return text.withUnsafeBufferPointer { CoreSchema.number($0) }
    }

    private func resolved(_ text: [UInt8]) throws(SyntaxError) -> Value {
        switch text.withUnsafeBufferPointer({ CoreSchema.resolution(of: $0) }) {
        case .string: return .string(String(decoding: text, as: UTF8.self))
        case .value(let value): return value
        case .noSuchDate: throw error("no such date or time")
        }
    }
}

extension Value {
    fileprivate var isInteger: Bool {
        switch self {
        case .int, .bigInt: true
        default: false
        }
    }

    fileprivate var double: Double? {
        switch self {
        case .int(let number): Double(number)
        case .bigInt(let digits): Double(digits)
        case .float(let number): number
        default: nil
        }
    }
}
