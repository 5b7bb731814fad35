/// Reads one string literal of Python.
struct PythonStringReader {
    let bytes: [UInt8]
    var index: Int
    var line: Int
    let prefix: String

    private var isRaw: Bool { prefix.contains("r") }
    private var isInterpolated: Bool { prefix.contains("f") || prefix.contains("t") }

    init(bytes: [UInt8], index: Int, line: Int, prefix: String) {
        self.bytes = bytes
        self.index = index
        self.line = line
        self.prefix = prefix
    }

    /// Moves behind the closing quotes and returns the text; nil for literals that are no plain text.
    mutating func read() throws(SyntaxFault) -> String? {
        let quote = bytes[index]
        let start = line
        let isLong = isQuote(quote, count: 3)
        let closing = isLong ? 3 : 1
        index += closing
        var content: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            if byte == quote, isQuote(quote, count: closing) {
                index += closing
                return value(of: content)
            }
            if byte == 0x0A {
                guard isLong else { break }
                line += 1
            }
            if isInterpolated, byte == UInt8(ascii: "{") {
                try skipReplacement()
                continue
            }
            content.append(byte)
            index += 1
            if byte == UInt8(ascii: "\\"), index < bytes.count {
                content.append(bytes[index])
                line += bytes[index] == 0x0A ? 1 : 0
                index += 1
            }
        }
        throw SyntaxFault(line: start, message: "unterminated string literal")
    }

    private func isQuote(_ quote: UInt8, count: Int) -> Bool {
        index + count <= bytes.count && bytes[index..<index + count].allSatisfy { $0 == quote }
    }

    /// Skips `{…}` of an interpolated string, in which quotes may stand for strings of their own.
    private mutating func skipReplacement() throws(SyntaxFault) {
        let start = line
        if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "{") {
            index += 2
            return
        }
        // Open brackets; a colon directly inside a brace starts a format, in which quotes and the like mean nothing.
        var open: [(bracket: UInt8, isFormat: Bool)] = []
        repeat {
            guard index < bytes.count else { throw SyntaxFault(line: start, message: "unterminated string literal") }
            try skipReplacementByte(bytes[index], &open)
        } while !open.isEmpty
    }

    private mutating func skipReplacementByte(
        _ byte: UInt8,
        _ open: inout [(bracket: UInt8, isFormat: Bool)]
    ) throws(SyntaxFault) {
        let isFormat = open.last?.isFormat ?? false
        index += 1
        switch (byte, isFormat) {
        case (UInt8(ascii: "{"), _), (UInt8(ascii: "("), false), (UInt8(ascii: "["), false):
            guard open.count < 200 else { throw SyntaxFault(line: line, message: "too many nested brackets") }
            open.append((byte, false))
        case (UInt8(ascii: "}"), _), (UInt8(ascii: ")"), false), (UInt8(ascii: "]"), false):
            open.removeLast()
        case (UInt8(ascii: ":"), false) where open.last?.bracket == UInt8(ascii: "{"):
            open[open.count - 1].isFormat = true
        case (UInt8(ascii: "\""), false), (UInt8(ascii: "'"), false):
            var nested = PythonStringReader(bytes: bytes, index: index - 1, line: line, prefix: "")
            _ = try nested.read()
            (index, line) = (nested.index, nested.line)
        case (0x0A, _): line += 1
        default: break
        }
    }

    private func value(of content: [UInt8]) -> String? {
        guard !isInterpolated, !prefix.contains("b") else { return nil }
        if isRaw || !content.contains(UInt8(ascii: "\\")) {
            return String(decoding: content, as: UTF8.self)
        }
        return PythonEscapes.resolve(content)
    }
}
