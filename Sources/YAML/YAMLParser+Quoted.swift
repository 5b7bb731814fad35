import Values

extension YAMLParser {
    mutating func singleQuoted(_ properties: Properties) throws(SyntaxError) -> YAMLNode {
        let start = here
        var text: [UInt8] = []
        here.position += 1
        var run = here.position
        while true {
            guard !isAtEnd else { throw error("a quoted text lacks its end", at: start) }
            let byte = current
            if byte == UInt8(ascii: "'") {
                if self.byte(at: here.position + 1) != byte { break }
                here.position += 1
                text += bytes[run..<here.position]
                here.position += 1
                run = here.position
            } else if breakWidth > 0 {
                text += bytes[run..<here.position]
                try foldBreaks(&text, keeping: 0, from: start)
                run = here.position
            } else {
                here.position += 1
            }
        }
        return try quotedNode(text, run, .singleQuoted, start, properties)
    }

    private mutating func quotedNode(
        _ text: [UInt8],
        _ run: Int,
        _ style: YAMLScalarStyle,
        _ start: Mark,
        _ properties: Properties
    ) throws(SyntaxError) -> YAMLNode {
        let end = here.position
        here.position += 1
        let whole = text.isEmpty ? self.text(run, end) : String(decoding: text + bytes[run..<end], as: UTF8.self)
        return try scalar(whole, style: style, from: start, properties)
    }

    mutating func doubleQuoted(_ properties: Properties) throws(SyntaxError) -> YAMLNode {
        let start = here
        var text: [UInt8] = []
        here.position += 1
        var run = here.position
        var kept = 0  // what stands before is from escapes, and no blank of it is folded away
        while true {
            guard !isAtEnd else { throw error("a quoted text lacks its end", at: start) }
            switch current {
            case UInt8(ascii: "\""): return try quotedNode(text, run, .doubleQuoted, start, properties)
            case UInt8(ascii: "\\"):
                text += bytes[run..<here.position]
                try escape(into: &text, from: start)
                run = here.position
                kept = text.count
            default:
                guard breakWidth > 0 else {
                    here.position += 1
                    continue
                }
                text += bytes[run..<here.position]
                try foldBreaks(&text, keeping: kept, from: start)
                run = here.position
            }
        }
    }

    /// The bytes of the line break here: besides the usual ones, DVC's reader knows U+0085, U+2028 and U+2029.
    private var breakWidth: Int {
        switch current {
        case 0x0A: 1
        case 0x0D: byte(at: here.position + 1) == 0x0A ? 2 : 1
        case 0xC2 where byte(at: here.position + 1) == 0x85: 2
        case 0xE2 where byte(at: here.position + 1) == 0x80 && byte(at: here.position + 2) & 0xFE == 0xA8: 3
        default: 0
        }
    }

    /// Reads a break as the text it stands for.
    private mutating func takeBreak() -> [UInt8] {
        let width = breakWidth
        let start = here.position
        guard width == 3 || width == 2 && current == 0xC2 else {
            skipBreak()
            return [0x0A]
        }
        here.position += width
        return width == 2 ? [0x0A] : Array(bytes[start..<here.position])
    }

    /// Turns a line break and the blanks around it into a space, or several breaks into one less.
    private mutating func foldBreaks(
        _ text: inout [UInt8],
        keeping kept: Int,
        from start: Mark
    ) throws(SyntaxError) {
        while text.count > kept, text.last == 0x20 || text.last == 0x09 { text.removeLast() }
        let first = takeBreak()
        let more = try skipBreaks(from: start)
        if first != [0x0A] {
            text += first
        } else if more.isEmpty {
            text.append(0x20)
        }
        text += more
    }

    private mutating func skipBreaks(from start: Mark) throws(SyntaxError) -> [UInt8] {
        var breaks: [UInt8] = []
        while true {
            if isAtDocumentMarker { throw error("a quoted text lacks its end", at: start) }
            skipSpaces()
            guard breakWidth > 0 else { return breaks }
            breaks += takeBreak()
        }
    }

    private mutating func escape(into text: inout [UInt8], from start: Mark) throws(SyntaxError) {
        here.position += 1
        let byte = current
        if let plain = Self.escapes[byte] {
            here.position += 1
            text += plain.utf8
        } else if breakWidth > 0 {
            _ = takeBreak()
            text += try skipBreaks(from: start)
        } else {
            let width =
                switch byte {
                case UInt8(ascii: "x"): 2
                case UInt8(ascii: "u"): 4
                case UInt8(ascii: "U"): 8
                default: throw error("no such escape in a quoted text")
                }
            here.position += 1
            text += String(try escapedScalar(width: width)).utf8
        }
    }

    private static let escapes: [UInt8: String] = [
        UInt8(ascii: "0"): "\0", UInt8(ascii: "a"): "\u{7}", UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "t"): "\t",
        0x09: "\t", UInt8(ascii: "n"): "\n", UInt8(ascii: "v"): "\u{B}", UInt8(ascii: "f"): "\u{C}",
        UInt8(ascii: "r"): "\r", UInt8(ascii: "e"): "\u{1B}", 0x20: " ", UInt8(ascii: "\""): "\"",
        UInt8(ascii: "/"): "/", UInt8(ascii: "\\"): "\\", UInt8(ascii: "N"): "\u{85}", UInt8(ascii: "_"): "\u{A0}",
        UInt8(ascii: "L"): "\u{2028}", UInt8(ascii: "P"): "\u{2029}",
    ]

    /// Reads hexadecimal digits; a pair of surrogates is one character, a lone one U+FFFD.
    private mutating func escapedScalar(width: Int) throws(SyntaxError) -> Unicode.Scalar {
        let code = try hexNumber(width: width)
        if let scalar = Unicode.Scalar(code) { return scalar }
        guard code < 0xE000 else { throw error("no such character in a quoted text") }
        guard code < 0xDC00, current == UInt8(ascii: "\\"), byte(at: here.position + 1) == UInt8(ascii: "u") else {
            return "\u{FFFD}"
        }
        let before = here
        here.position += 2
        let low = try hexNumber(width: 4)
        guard (0xDC00..<0xE000).contains(low) else {
            here = before
            return "\u{FFFD}"
        }
        return Unicode.Scalar(surrogates: code, low)
    }

    private mutating func hexNumber(width: Int) throws(SyntaxError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<width {
            guard let digit = current.hexDigit else { throw error("an escape needs \(width) hexadecimal digits") }
            code = code << 4 | digit
            here.position += 1
        }
        return code
    }
}

extension UInt8 {
    var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
}
