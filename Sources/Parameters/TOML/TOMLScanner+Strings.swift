extension TOMLScanner {
    /// Reads a string from its opening quotes to its closing ones.
    mutating func readString(allowsMultipleLines: Bool) throws(SyntaxFault) -> String {
        let isBasic = peek == UInt8(ascii: "\"")
        if isBasic ? isAt("\"\"\"") : isAt("'''") {
            guard allowsMultipleLines else { throw fault("a key cannot span lines") }
            advance(by: 3)
            _ = try skipNewline()
            return try readLongString(isBasic: isBasic)
        }
        advance()
        return try readShortString(isBasic: isBasic)
    }

    private mutating func readShortString(isBasic: Bool) throws(SyntaxFault) -> String {
        let quote = isBasic ? UInt8(ascii: "\"") : UInt8(ascii: "'")
        var result: [UInt8] = []
        while let byte = peek, byte != 0x0A {
            if byte == quote {
                advance()
                return String(decoding: result, as: UTF8.self)
            }
            if isBasic, byte == UInt8(ascii: "\\") {
                result += try readEscape()
                continue
            }
            result.append(try plain(byte))
        }
        throw fault("the string has no end")
    }

    private mutating func readLongString(isBasic: Bool) throws(SyntaxFault) -> String {
        let quote = isBasic ? UInt8(ascii: "\"") : UInt8(ascii: "'")
        let start = line
        var result: [UInt8] = []
        while let byte = peek {
            if byte == quote {
                let count = take { $0 == quote }.count
                guard count < 6 else { throw fault("too many quotes at the end of a string") }
                result += Array(repeating: quote, count: count < 3 ? count : count - 3)
                if count >= 3 {
                    return String(decoding: result, as: UTF8.self)
                }
            } else if isBasic, byte == UInt8(ascii: "\\") {
                if try skipLineContinuation() { continue }
                result += try readEscape()
            } else if byte == 0x0A || byte == 0x0D {
                _ = try skipNewline()
                result.append(0x0A)
            } else {
                result.append(try plain(byte))
            }
        }
        throw SyntaxFault(line: start, message: "the string has no end")
    }

    private mutating func plain(_ byte: UInt8) throws(SyntaxFault) -> UInt8 {
        guard byte >= 0x20 && byte != 0x7F || byte == 0x09 else { throw fault("a control character in a string") }
        advance()
        return byte
    }

    /// A backslash at the end of a line hides all white space up to the next character.
    private mutating func skipLineContinuation() throws(SyntaxFault) -> Bool {
        let saved = self
        advance()
        skipSpaces()
        guard try skipNewline() else {
            self = saved
            return false
        }
        repeat {
            skipSpaces()
        } while try skipNewline()
        return true
    }

    private mutating func readEscape() throws(SyntaxFault) -> [UInt8] {
        advance()
        let escape = peek
        advance()
        switch escape {
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): return [escape ?? 0]
        case UInt8(ascii: "u"): return try readScalarEscape(digits: 4)
        case UInt8(ascii: "U"): return try readScalarEscape(digits: 8)
        default: throw fault("an unknown escape in a string")
        }
    }

    private mutating func readScalarEscape(digits count: Int) throws(SyntaxFault) -> [UInt8] {
        let digits = bytes[min(index, bytes.count)...].prefix(count)
        guard digits.count == count, digits.allSatisfy({ IntegerText.digit($0) != nil }),
            let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16), let scalar = Unicode.Scalar(number)
        else { throw fault("an escape in a string that stands for no character") }
        advance(by: count)
        return Array(String(Character(scalar)).utf8)
    }
}
