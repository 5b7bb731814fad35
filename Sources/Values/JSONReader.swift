import OrderedCollections

extension Value {
    /// Reads JSON as Python's `json.loads` does: `NaN` and `Infinity` are numbers, integers have any length, the last
    /// of equal keys wins, a lone surrogate becomes U+FFFD. Nesting is limited to 500.
    package init(json bytes: [UInt8]) throws(JSONError) {
        var reader = JSONReader(bytes: bytes)
        self = try reader.document()
    }
}

private struct JSONReader {
    let bytes: [UInt8]
    var offset = 0

    mutating func document() throws(JSONError) -> Value {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
        let value = try value(depth: 0)
        skipSpace()
        if offset < bytes.count { throw error("extra data after the value") }
        return value
    }

    private mutating func value(depth: Int) throws(JSONError) -> Value {
        if depth > 500 { throw error("nested too deeply") }
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return try mapping(depth: depth)
        case UInt8(ascii: "["): return try list(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        default: return try scalar()
        }
    }

    private mutating func mapping(depth: Int) throws(JSONError) -> Value {
        offset += 1
        var map: Value.Map = [:]
        skipSpace()
        if take(UInt8(ascii: "}")) { return .map(map) }
        while true {
            skipSpace()
            if peek != UInt8(ascii: "\"") { throw error("expected a key in double quotes") }
            let key = Value.Key(try string())
            skipSpace()
            if !take(UInt8(ascii: ":")) { throw error("expected ':'") }
            map[key] = try value(depth: depth + 1)
            skipSpace()
            if take(UInt8(ascii: "}")) { return .map(map) }
            if !take(UInt8(ascii: ",")) { throw error("expected ',' or '}'") }
        }
    }

    private mutating func list(depth: Int) throws(JSONError) -> Value {
        offset += 1
        var elements: [Value] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .list(elements) }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if take(UInt8(ascii: "]")) { return .list(elements) }
            if !take(UInt8(ascii: ",")) { throw error("expected ',' or ']'") }
        }
    }

    private mutating func scalar() throws(JSONError) -> Value {
        let start = offset
        while let byte = peek, Self.isWord(byte) { offset += 1 }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        switch text {
        case "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "NaN": return .float(.nan)
        case "Infinity": return .float(.infinity)
        case "-Infinity": return .float(-.infinity)
        default: break
        }
        if let number = Self.number(text) { return number }
        offset = start
        throw error("expected a value")
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private static func number(_ text: String) -> Value? {
        var rest = Substring(text)
        if rest.first == "-" { rest = rest.dropFirst() }
        let whole = rest.prefix { $0.isASCII && $0.isNumber }
        if whole.isEmpty || (whole.count > 1 && whole.first == "0") { return nil }
        rest = rest[whole.endIndex...]
        if rest.isEmpty { return Int(text).map(Value.int) ?? .bigInt(text) }
        if rest.first == "." {
            let fraction = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
            if fraction.isEmpty { return nil }
            rest = rest[fraction.endIndex...]
        }
        if let letter = rest.first {
            var power = rest.dropFirst()
            if letter != "e" && letter != "E" { return nil }
            if power.first == "+" || power.first == "-" { power = power.dropFirst() }
            if power.isEmpty || !power.allSatisfy({ $0.isASCII && $0.isNumber }) { return nil }
        }
        return Double(text).map(Value.float)
    }

    private mutating func string() throws(JSONError) -> String {
        offset += 1
        var result: [UInt8] = []
        while let byte = peek {
            offset += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: result, as: UTF8.self)
            case UInt8(ascii: "\\"): result += try escape()
            case 0..<0x20: throw error("control character in a string")
            default: result.append(byte)
            }
        }
        throw error("string without an end")
    }

    private mutating func escape() throws(JSONError) -> [UInt8] {
        guard let byte = peek else { throw error("string without an end") }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "u"): return try unicode()
        default: throw error("unknown escape")
        }
    }

    private mutating func unicode() throws(JSONError) -> [UInt8] {
        var code = try hex4()
        if (0xD800..<0xDC00).contains(code), bytes[offset...].starts(with: Array("\\u".utf8)) {
            let mark = offset
            offset += 2
            let low = try hex4()
            if (0xDC00..<0xE000).contains(low) {
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            } else {
                offset = mark
            }
        }
        return Array(String(UnicodeScalar(code) ?? "\u{FFFD}").utf8)
    }

    private mutating func hex4() throws(JSONError) -> UInt32 {
        let end = offset + 4
        guard end <= bytes.count, let code = UInt32(String(decoding: bytes[offset..<end], as: UTF8.self), radix: 16)
        else { throw error("expected four hexadecimal digits") }
        offset = end
        return code
    }

    private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        if peek != byte { return false }
        offset += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    }

    private func error(_ message: String) -> JSONError {
        let before = bytes[..<min(offset, bytes.count)]
        let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let line = before.count { $0 == 0x0A } + 1
        return JSONError(message: message, line: line, column: before.count - start + 1)
    }
}
