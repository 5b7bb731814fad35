import Values

/// Picks the style of scalars.
enum YAMLText {
    /// Gives the text of a scalar that is no string.
    static func plain(of value: Value) -> String {
        switch value {
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .float(let number): plain(of: number)
        default: value.pythonText
        }
    }

    private static func plain(of number: Double) -> String {
        if number.isNaN { return ".nan" }
        if number.isInfinite { return number < 0 ? "-.inf" : ".inf" }
        return PythonNumber.repr(number)
    }

    /// Gives the text of a key that is no string.
    static func plain(of key: Value.Key) -> String {
        switch key.text {
        case "": "null"
        case "inf": ".inf"
        case "-inf": "-.inf"
        case "nan": ".nan"
        default: key.text
        }
    }

    /// Picks the style that DVC's writer picks.
    static func style(
        of text: String,
        _ scalars: [Unicode.Scalar],
        _ analysis: ScalarAnalysis,
        isFlow: Bool
    ) -> YAMLScalarStyle {
        if isFlow ? analysis.allowsFlowPlain : analysis.allowsBlockPlain, !isSpecial(text) { return .plain }
        if scalars.contains("'") || scalars.contains("\n") { return .doubleQuoted }
        return analysis.allowsSingleQuoted ? .singleQuoted : .doubleQuoted
    }

    private static func isSpecial(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { CoreSchema.isSpecial($0) }
    }

    /// Whether a key stands before its colon, instead of behind a `?`.
    static func isSimpleKey(_ text: String) -> Bool {
        if text.utf8.count < 123, text.utf8.allSatisfy({ $0 < 0x80 && $0 != 0x0A }) { return true }
        return text.unicodeScalars.count < 123 && !text.unicodeScalars.contains(where: ScalarAnalysis.isBreak)
    }

    /// Whether the text is surely plain: letters, digits and `_./-`, a letter or digit first, and read as a string.
    static func isSimpleWord(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            guard let first = bytes.first, isLetter(first) || first.isDigit else { return false }
            let isWord = bytes.allSatisfy { isLetter($0) || (UInt8(ascii: "-")...UInt8(ascii: "9")).contains($0) }
            return isWord && !CoreSchema.isSpecial(bytes)
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_")
    }

    /// Gives the escape of a character in double quotes, nil when it needs none.
    static func escape(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "\"": "\\\""
        case "\\": "\\\\"
        case "\0": "\\0"
        case "\u{7}": "\\a"
        case "\u{8}": "\\b"
        case "\t": "\\t"
        case "\n": "\\n"
        case "\u{B}": "\\v"
        case "\u{C}": "\\f"
        case "\r": "\\r"
        case "\u{1B}": "\\e"
        case "\u{85}": "\\N"
        case "\u{2028}": "\\L"
        case "\u{2029}": "\\P"
        default: ScalarAnalysis.isPlainCharacter(scalar) ? nil : numericEscape(scalar)
        }
    }

    private static func numericEscape(_ scalar: Unicode.Scalar) -> String {
        let (letter, width) = scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "\\" + letter + String(repeating: "0", count: width - digits.count) + digits
    }
}
