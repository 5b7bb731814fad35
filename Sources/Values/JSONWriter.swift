import OrderedCollections

/// Collects JSON text with Python's separators and escapes.
struct JSONWriter {
    let sortsKeys: Bool
    let indent: Int?
    let ensuresASCII: Bool
    private(set) var bytes: [UInt8] = []

    init(sortsKeys: Bool, indent: Int?, ensuresASCII: Bool) {
        self.sortsKeys = sortsKeys
        self.indent = indent
        self.ensuresASCII = ensuresASCII
    }

    mutating func write(_ value: Value, depth: Int) {
        switch value {
        case .null: bytes += "null".utf8
        case .bool(let flag): bytes += (flag ? "true" : "false").utf8
        case .int(let number): bytes += String(number).utf8
        case .bigInt(let digits): bytes += digits.utf8
        case .float(let number): bytes += Self.text(of: number).utf8
        case .string(let text), .date(let text): writeString(text)
        case .list(let elements): writeList(elements, depth: depth)
        case .map(let map): writeMap(map, depth: depth)
        }
    }

    private static func text(of number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
        return PythonNumber.repr(number)
    }

    private mutating func writeList(_ elements: [Value], depth: Int) {
        guard !elements.isEmpty else {
            bytes += "[]".utf8
            return
        }
        bytes.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            separate(isFirst: index == 0, depth: depth + 1)
            write(element, depth: depth + 1)
        }
        breakLine(depth: depth)
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func writeMap(_ map: Value.Map, depth: Int) {
        guard !map.isEmpty else {
            bytes += "{}".utf8
            return
        }
        bytes.append(UInt8(ascii: "{"))
        let entries = sortsKeys ? map.sorted { Self.precedes($0.key, $1.key) } : Array(map)
        for (index, entry) in entries.enumerated() {
            separate(isFirst: index == 0, depth: depth + 1)
            writeKey(entry.key)
            bytes += ": ".utf8
            write(entry.value, depth: depth + 1)
        }
        breakLine(depth: depth)
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func writeKey(_ key: Value.Key) {
        guard !key.isString else { return writeString(key.text) }
        switch key.text {
        case "": writeString("null")
        case "nan": writeString("NaN")
        case "inf": writeString("Infinity")
        case "-inf": writeString("-Infinity")
        default: writeString(key.text)
        }
    }

    /// Numbers sort by size as Python's do; all else by code points.
    private static func precedes(_ left: Value.Key, _ right: Value.Key) -> Bool {
        if !left.isString, !right.isString, let first = Double(left.text), let second = Double(right.text) {
            return first < second
        }
        return left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    private mutating func separate(isFirst: Bool, depth: Int) {
        if !isFirst { bytes += (indent == nil ? ", " : ",").utf8 }
        breakLine(depth: depth)
    }

    private mutating func breakLine(depth: Int) {
        guard let indent else { return }
        bytes.append(0x0A)
        bytes += repeatElement(0x20, count: max(0, indent) * depth)
    }

    private mutating func writeString(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": bytes += "\\\"".utf8
            case "\\": bytes += "\\\\".utf8
            case "\n": bytes += "\\n".utf8
            case "\r": bytes += "\\r".utf8
            case "\t": bytes += "\\t".utf8
            case "\u{8}": bytes += "\\b".utf8
            case "\u{C}": bytes += "\\f".utf8
            case " "..."~": bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            default: writeRare(scalar)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func writeRare(_ scalar: Unicode.Scalar) {
        guard ensuresASCII || scalar.value < 0x20 else {
            bytes += UTF8.encode(scalar).map { Array($0) } ?? []
            return
        }
        for unit in String(scalar).utf16 {
            let digits = String(unit, radix: 16)
            bytes += "\\u".utf8
            bytes += repeatElement(UInt8(ascii: "0"), count: 4 - digits.count)
            bytes += digits.utf8
        }
    }
}
