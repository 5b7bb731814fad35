extension JSONCursor {
    /// Reads the string here as UTF-8.
    package mutating func string() throws(JSONProblem) -> [UInt8] {
        try expect(UInt8(ascii: "\""))
        let start = position
        var text: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                if text.isEmpty { text = Array(bytes[start..<position]) }
                position += 1
                guard isUTF8(text) else { throw JSONProblem("a string is not UTF-8", at: start) }
                return text
            }
            if byte == UInt8(ascii: "\\") {
                if text.isEmpty { text = Array(bytes[start..<position]) }
                position += 1
                try escape(into: &text)
                // From here on the text is copied byte by byte, as it differs from the source.
                try copyRest(into: &text)
                guard isUTF8(text) else { throw JSONProblem("a string is not UTF-8", at: start) }
                return text
            }
            if byte < 0x20 { throw problem("a string has a control character that is not escaped") }
            position += 1
        }
        throw problem("a string does not end")
    }

    private mutating func copyRest(into text: inout [UInt8]) throws(JSONProblem) {
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw problem("a string has a control character that is not escaped")
            default: text.append(byte)
            }
        }
        throw problem("a string does not end")
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONProblem) {
        let kind = byte
        position += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(kind)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var scalar = try hexadecimal()
            if scalar & 0xFC00 == 0xD800, starts(with: "\\u") {
                let place = position
                position += 2
                let low = try hexadecimal()
                if low & 0xFC00 == 0xDC00 {
                    scalar = 0x10000 + (scalar & 0x3FF) << 10 + low & 0x3FF
                } else {
                    position = place
                }
            }
            // Half of a pair alone has no meaning in UTF-8.
            text.append(contentsOf: String(UnicodeScalar(scalar).map(Character.init) ?? "\u{FFFD}").utf8)
        default:
            position -= 1
            throw unexpected("an escape such as \\n")
        }
    }

    private mutating func hexadecimal() throws(JSONProblem) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue, byte < 0x80 else {
                throw unexpected("four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    private func isUTF8(_ text: [UInt8]) -> Bool {
        if text.allSatisfy({ $0 < 0x80 }) { return true }
        return String(validating: text, as: UTF8.self) != nil
    }

    /// Reads the key here and the colon after it.
    package mutating func key() throws(JSONProblem) -> String {
        guard next() == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
        if let key = plainKey() {
            try expect(UInt8(ascii: ":"))
            return key
        }
        let key = String(decoding: try string(), as: UTF8.self)
        try expect(UInt8(ascii: ":"))
        return key
    }
    /// The usual key, which needs no memory: short, ASCII and without escapes.
    @inline(__always)
    private mutating func plainKey() -> String? {
        let start = position + 1
        var end = start
        while end < bytes.count, end - start < 16 {
            let byte = bytes[end]
            if byte == UInt8(ascii: "\"") {
                position = end + 1
                return String(decoding: bytes[start..<end], as: UTF8.self)
            }
            guard byte >= 0x20, byte < 0x80, byte != UInt8(ascii: "\\") else { return nil }
            end += 1
        }
        return nil
    }
}
