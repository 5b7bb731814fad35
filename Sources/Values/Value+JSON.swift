import OrderedCollections

extension Value {
    /// The text of Python's `json.dumps`.
    ///
    /// `sortKeys` orders mappings by the code points of their keys; `indent` is in spaces a level, nil writes one line;
    /// `ensureASCII` writes other characters as `\uXXXX`.
    package func json(sortKeys: Bool = false, indent: Int? = nil, ensureASCII: Bool = true) -> String {
        var writer = JSONWriter(sortKeys: sortKeys, indent: indent, ensureASCII: ensureASCII)
        writer.write(self, level: 0)
        return writer.text
    }
}

private struct JSONWriter {
    let sortKeys: Bool
    let indent: Int?
    let ensureASCII: Bool
    var text = ""

    mutating func write(_ value: Value, level: Int) {
        switch value {
        case .null: text += "null"
        case .bool(let flag): text += flag ? "true" : "false"
        case .int(let number): text += String(number)
        case .bigInt(let digits): text += digits
        case .float(let number): text += Self.number(number)
        case .string(let string), .date(let string): write(string)
        case .list(let elements):
            write(elements.count, open: "[", close: "]", level: level) { $0.write(elements[$1], level: level + 1) }
        case .map(let map):
            var entries = map.elements.map { ($0.key, $0.value) }
            if sortKeys { entries.sort { $0.0.text.utf8.lexicographicallyPrecedes($1.0.text.utf8) } }
            write(entries.count, open: "{", close: "}", level: level) { writer, index in
                writer.write(entries[index].0.text)
                writer.text += ": "
                writer.write(entries[index].1, level: level + 1)
            }
        }
    }

    private mutating func write(
        _ count: Int,
        open: String,
        close: String,
        level: Int,
        _ element: (inout Self, Int) -> Void
    ) {
        text += open
        for index in 0..<count {
            if index > 0 { text += indent == nil ? ", " : "," }
            if let indent { text += "\n" + String(repeating: " ", count: indent * (level + 1)) }
            element(&self, index)
        }
        if let indent, count > 0 { text += "\n" + String(repeating: " ", count: indent * level) }
        text += close
    }

    private static func number(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
        return PythonNumber.repr(number)
    }

    private mutating func write(_ string: String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{8}": text += "\\b"
            case "\u{C}": text += "\\f"
            default:
                if scalar.value < 0x20 || (ensureASCII && scalar.value > 0x7E) {
                    for unit in String(scalar).utf16 { text += Self.escape(unit) }
                } else {
                    text.unicodeScalars.append(scalar)
                }
            }
        }
        text += "\""
    }

    private static func escape(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
