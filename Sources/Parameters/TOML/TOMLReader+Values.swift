import Values

extension TOMLReader {
    mutating func readValue(depth: Int) throws(SyntaxFault) -> Value {
        guard depth < Self.depthLimit else { throw scanner.fault("the value is nested too deeply") }
        switch scanner.peek {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return .string(try scanner.readString(allowsMultipleLines: true))
        case UInt8(ascii: "["): return try readArray(depth: depth)
        case UInt8(ascii: "{"): return try readInlineTable(depth: depth)
        default: return try readScalar()
        }
    }

    private mutating func readArray(depth: Int) throws(SyntaxFault) -> Value {
        scanner.advance()
        var elements: [Value] = []
        while true {
            try scanner.skipBlankLines()
            if scanner.skip("]") { return .list(elements) }
            elements.append(try readValue(depth: depth + 1))
            try scanner.skipBlankLines()
            if scanner.skip(",") { continue }
            guard scanner.skip("]") else { throw scanner.fault("expected ',' or ']' in an array") }
            return .list(elements)
        }
    }

    private mutating func readInlineTable(depth: Int) throws(SyntaxFault) -> Value {
        scanner.advance()
        let table = TOMLTable(.header)
        scanner.skipSpaces()
        if scanner.skip("}") { return table.value }
        while true {
            try readPair(into: table, section: -1, depth: depth + 1)
            scanner.skipSpaces()
            if scanner.skip("}") { return table.value }
            guard scanner.skip(",") else { throw scanner.fault("expected ',' or '}' in an inline table") }
        }
    }

    private mutating func readScalar() throws(SyntaxFault) -> Value {
        var text = String(decoding: scanner.take(TOMLScanner.isScalarByte), as: UTF8.self)
        if TOMLDate.isDate(text), scanner.peek == UInt8(ascii: " "), scanner.isDigit(after: 1) {
            scanner.advance()
            text += "T" + String(decoding: scanner.take(TOMLScanner.isScalarByte), as: UTF8.self)
        }
        guard let value = Self.scalar(text) else {
            throw scanner.fault(text.isEmpty ? "expected a value" : "invalid value '\(text)'")
        }
        return value
    }

    private static func scalar(_ text: String) -> Value? {
        switch text {
        case "true": .bool(true)
        case "false": .bool(false)
        case "inf", "+inf": .float(.infinity)
        case "-inf": .float(-.infinity)
        case "nan", "+nan", "-nan": .float(.nan)
        default: TOMLNumber.value(text) ?? TOMLDate(text).map { .date($0.pythonText) }
        }
    }
}
