/// Walks through the bytes of a TOML document.
struct TOMLScanner {
    let bytes: [UInt8]
    var index = 0
    var line = 1

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var peek: UInt8? {
        index < bytes.count ? bytes[index] : nil
    }

    func fault(_ message: String) -> SyntaxFault {
        SyntaxFault(line: line, message: message)
    }

    mutating func advance(by count: Int = 1) {
        index = min(index + count, bytes.count)
    }

    mutating func skip(_ text: StaticString) -> Bool {
        guard isAt(text) else { return false }
        index += text.utf8CodeUnitCount
        return true
    }

    func isAt(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { bytes[index...].starts(with: $0) }
    }

    func isDigit(after count: Int) -> Bool {
        index + count < bytes.count && (48...57).contains(bytes[index + count])
    }

    mutating func skipByteOrderMark() {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            index = 3
        }
    }

    mutating func skipSpaces() {
        while let byte = peek, byte == 0x20 || byte == 0x09 {
            index += 1
        }
    }

    mutating func take(_ belongs: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let start = index
        while let byte = peek, belongs(byte) {
            index += 1
        }
        return bytes[start..<index]
    }

    /// Skips spaces, comments and ends of lines.
    mutating func skipBlankLines() throws(SyntaxFault) {
        while true {
            skipSpaces()
            try skipComment()
            guard try skipNewline() else { return }
        }
    }

    mutating func expectEndOfLine() throws(SyntaxFault) {
        skipSpaces()
        try skipComment()
        guard try skipNewline() || peek == nil else { throw fault("expected the end of the line") }
    }

    mutating func skipNewline() throws(SyntaxFault) -> Bool {
        if peek == 0x0D {
            guard index + 1 < bytes.count, bytes[index + 1] == 0x0A else { throw fault("a lone carriage return") }
            index += 1
        }
        guard peek == 0x0A else { return false }
        index += 1
        line += 1
        return true
    }

    private mutating func skipComment() throws(SyntaxFault) {
        guard peek == UInt8(ascii: "#") else { return }
        while let byte = peek, byte != 0x0A {
            if byte < 0x20 && byte != 0x09 && byte != 0x0D || byte == 0x7F {
                throw fault("a control character in a comment")
            }
            if byte == 0x0D { return }
            index += 1
        }
    }

    /// Whether `byte` may be part of a number, a boolean or a date.
    static func isScalarByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "."), UInt8(ascii: ":"):
            true
        default: false
        }
    }
}
