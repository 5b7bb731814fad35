import OrderedCollections

/// Walks over JSON text byte by byte.
struct JSONReader {
    static let depthLimit = 500

    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func document() throws(SyntaxError) -> Value {
        skipSpace()
        let value = try value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw error("Extra data") }
        return value
    }

    mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func value(depth: Int) throws(SyntaxError) -> Value {
        guard depth <= Self.depthLimit else { throw error("More than \(Self.depthLimit) levels of nesting") }
        switch current {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "N"): return try word("NaN", .float(.nan))
        case UInt8(ascii: "I"): return try word("Infinity", .float(.infinity))
        case UInt8(ascii: "-") where position + 1 < bytes.count && bytes[position + 1] == UInt8(ascii: "I"):
            return try word("-Infinity", .float(-.infinity))
        default: return try number()
        }
    }

    private mutating func word(_ text: StaticString, _ value: Value) throws(SyntaxError) -> Value {
        let count = text.utf8CodeUnitCount
        let matches = text.withUTF8Buffer { bytes[position...].starts(with: $0) }
        guard matches else { throw error("Expecting value") }
        position += count
        return value
    }

    private mutating func object(depth: Int) throws(SyntaxError) -> Value {
        position += 1
        var map: Value.Map = [:]
        skipSpace()
        if current == UInt8(ascii: "}") {
            position += 1
            return .map(map)
        }
        while true {
            guard current == UInt8(ascii: "\"") else {
                throw error("Expecting property name enclosed in double quotes")
            }
            let key = Value.Key(try string())
            skipSpace()
            guard current == UInt8(ascii: ":") else { throw error("Expecting ':' delimiter") }
            position += 1
            skipSpace()
            map[key] = try value(depth: depth + 1)
            guard try continues(until: UInt8(ascii: "}")) else { return .map(map) }
        }
    }

    private mutating func array(depth: Int) throws(SyntaxError) -> Value {
        position += 1
        var elements: [Value] = []
        skipSpace()
        if current == UInt8(ascii: "]") {
            position += 1
            return .list(elements)
        }
        while true {
            elements.append(try value(depth: depth + 1))
            guard try continues(until: UInt8(ascii: "]")) else { return .list(elements) }
        }
    }

    /// Reads a comma, or the end of the collection, which gives false.
    private mutating func continues(until end: UInt8) throws(SyntaxError) -> Bool {
        skipSpace()
        guard let byte = current, byte == end || byte == UInt8(ascii: ",") else {
            throw error("Expecting ',' delimiter")
        }
        position += 1
        skipSpace()
        return byte != end
    }

    func error(_ message: String, at offset: Int? = nil) -> SyntaxError {
        let end = min(offset ?? position, bytes.count)
        let line = bytes[..<end].reduce(into: 1) { $0 += $1 == 0x0A ? 1 : 0 }
        let start = bytes[..<end].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let column = String(decoding: bytes[start..<end], as: UTF8.self).unicodeScalars.count + 1
        return SyntaxError(message: message, line: line, column: column)
    }
}
