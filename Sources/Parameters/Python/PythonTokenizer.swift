/// Splits Python source into words, as far as the structure of statements needs it
/// (https://docs.python.org/3/reference/lexical_analysis.html).
struct PythonTokenizer {
    let bytes: [UInt8]
    var index = 0
    var line = 1
    private var tokens: [PythonToken] = []
    private var indents = [0]
    private var brackets: [UInt8] = []

    private static let bracketLimit = 200
    private static let indentLimit = 100

    static func tokens(of bytes: [UInt8]) throws(SyntaxFault) -> [PythonToken] {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw SyntaxFault(line: 1, message: "the file is not valid UTF-8")
        }
        var tokenizer = PythonTokenizer(text)
        try tokenizer.run()
        return tokenizer.tokens
    }

    private init(_ text: String) {
        var source: [UInt8] = []
        source.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if byte == 0x0A, source.last == 0x0D {
                source.removeLast()
            } else if source.last == 0x0D {
                source[source.count - 1] = 0x0A
            }
            source.append(byte)
        }
        if source.last == 0x0D {
            source[source.count - 1] = 0x0A
        }
        bytes = source
        index = source.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    var peek: UInt8? {
        index < bytes.count ? bytes[index] : nil
    }

    func byte(after count: Int) -> UInt8? {
        index + count < bytes.count ? bytes[index + count] : nil
    }

    private mutating func run() throws(SyntaxFault) {
        var isLineStart = true
        while peek != nil {
            if isLineStart {
                isLineStart = false
                try readIndentation()
                continue
            }
            isLineStart = try readToken()
        }
        guard brackets.isEmpty else { throw SyntaxFault(line: line, message: "a bracket was never closed") }
        add(.newline, from: index)
        for _ in indents.dropFirst() {
            add(.dedent, from: index)
        }
    }

    private mutating func add(_ kind: PythonToken.Kind, from start: Int) {
        tokens.append(PythonToken(kind: kind, text: String(decoding: bytes[start..<index], as: UTF8.self), line: line))
    }

    /// Measures the white space of a line; lines without words do not count.
    private mutating func readIndentation() throws(SyntaxFault) {
        var width = 0
        while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0C {
            width = byte == 0x0C ? 0 : byte == 0x09 ? (width / 8 + 1) * 8 : width + 1
            index += 1
        }
        guard let byte = peek, byte != 0x0A, byte != UInt8(ascii: "#") else { return }
        if width > indents[indents.count - 1] {
            guard indents.count < Self.indentLimit else {
                throw SyntaxFault(line: line, message: "too many levels of indentation")
            }
            indents.append(width)
            add(.indent, from: index)
        }
        while width < indents[indents.count - 1] {
            indents.removeLast()
            add(.dedent, from: index)
        }
        guard width == indents[indents.count - 1] else {
            throw SyntaxFault(line: line, message: "unindent does not match any outer indentation level")
        }
    }

    /// Reads one word and tells whether a new logical or blank line starts after it.
    private mutating func readToken() throws(SyntaxFault) -> Bool {
        let start = index
        switch bytes[index] {
        case 0x0A:
            return readNewline()
        case 0x20, 0x09, 0x0C:
            index += 1
        case UInt8(ascii: "#"):
            index = bytes[index...].firstIndex(of: 0x0A) ?? bytes.count
        case UInt8(ascii: "\\"):
            guard byte(after: 1) == 0x0A || byte(after: 1) == nil else {
                throw SyntaxFault(line: line, message: "unexpected character after line continuation character")
            }
            index = min(index + 2, bytes.count)
            line += 1
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            try readString(prefix: "", from: start)
        case let byte
        where Self.isDigit(byte) || byte == UInt8(ascii: ".") && self.byte(after: 1).map(Self.isDigit) == true:
            readNumber()
            add(.number, from: start)
        case let byte where Self.isNameByte(byte):
            try readName(from: start)
        default:
            try readOperation(from: start)
        }
        return false
    }

    private mutating func readNewline() -> Bool {
        if brackets.isEmpty, let last = tokens.last, last.kind != .newline, last.kind != .dedent {
            add(.newline, from: index)
        }
        index += 1
        line += 1
        return brackets.isEmpty
    }

    private mutating func readName(from start: Int) throws(SyntaxFault) {
        while let byte = peek, Self.isNameByte(byte) || Self.isDigit(byte) {
            index += 1
        }
        if let next = peek, next == UInt8(ascii: "\"") || next == UInt8(ascii: "'"), index - start <= 2 {
            let prefix = String(decoding: bytes[start..<index], as: UTF8.self).lowercased()
            if ["r", "u", "b", "f", "t", "br", "rb", "fr", "rf", "tr", "rt"].contains(prefix) {
                try readString(prefix: prefix, from: start)
                return
            }
        }
        add(.name, from: start)
    }

    private mutating func readString(prefix: String, from start: Int) throws(SyntaxFault) {
        let first = line
        var reader = PythonStringReader(bytes: bytes, index: index, line: line, prefix: prefix)
        let value = try reader.read()
        index = reader.index
        tokens.append(PythonToken(kind: .string(value), text: "", line: first))
        line = reader.line
    }

    private mutating func readNumber() {
        var previous: UInt8 = 0
        let isRadix = peek == UInt8(ascii: "0") && "xXoObB".utf8.contains(byte(after: 1) ?? 0)
        while let byte = peek {
            let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
            let followsExponent = !isRadix && (previous == UInt8(ascii: "e") || previous == UInt8(ascii: "E"))
            guard Self.isDigit(byte) || Self.isNameByte(byte) || byte == UInt8(ascii: ".") || isSign && followsExponent
            else { return }
            previous = byte
            index += 1
        }
    }

    private mutating func readOperation(from start: Int) throws(SyntaxFault) {
        let first = bytes[index]
        let longest = PythonTokenizer.operations.first { bytes[index...].starts(with: $0.utf8) }
        guard let longest else {
            throw SyntaxFault(line: line, message: "invalid character '\(String(decoding: [first], as: UTF8.self))'")
        }
        index += longest.utf8.count
        add(.operation, from: start)
        switch first {
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
            guard brackets.count < Self.bracketLimit else {
                throw SyntaxFault(line: line, message: "too many nested brackets")
            }
            brackets.append(first == UInt8(ascii: "(") ? first + 1 : first + 2)
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
            guard brackets.popLast() == first else {
                throw SyntaxFault(line: line, message: "unmatched '\(longest)'")
            }
        default: break
        }
    }

    /// The longest come first.
    private static let operations = [
        "**=", "//=", ">>=", "<<=", "...", "!=", "==", "<=", ">=", "<>", "->", ":=", "+=", "-=", "*=", "/=", "%=", "&=",
        "|=", "^=", "@=", "**", "//", ">>", "<<", "+", "-", "*", "/", "%", "&", "|", "^", "~", "<", ">", "(", ")", "[",
        "]", "{", "}", ",", ":", ".", ";", "@", "=",
    ]

    private static func isDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte == UInt8(ascii: "_") || (65...90).contains(byte) || (97...122).contains(byte)
    }
}
