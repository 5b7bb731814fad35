import Values

extension YAMLWriter {
    private static let width = 80

    mutating func writeString(_ string: String, indent: Int, isKey: Bool) {
        switch Self.style(of: string, isKey: isKey) {
        case .plain: fold(string, indent: indent, isKey: isKey, quote: "")
        case .single: fold(string, indent: indent, isKey: isKey, quote: "'")
        case .double: writeDoubleQuoted(string, indent: indent, isKey: isKey)
        }
    }

    private enum Quoting {
        case plain
        case single
        case double
    }

    /// PyYAML's analysis of a scalar, as far as it decides about quotes.
    private static func style(of string: String, isKey: Bool) -> Quoting {
        let scalars = Array(string.unicodeScalars)
        guard let first = scalars.first, let last = scalars.last else { return .single }
        var isSpecial = false
        var hasSpaceBreak = false
        var isPlainForbidden = false
        for (index, scalar) in scalars.enumerated() {
            let before = index == 0 ? " " : scalars[index - 1]
            let after = index + 1 < scalars.count ? scalars[index + 1] : " "
            if scalar == "\n" {
                isSpecial = true
            } else if !isPrintable(scalar) {
                isSpecial = true
            }
            if scalar == ":", after == " " || after == "\t" || after == "\n" { isPlainForbidden = true }
            if scalar == "#", before == " " || before == "\t" || before == "\n" { isPlainForbidden = true }
            if scalar == "\n", before == " " || after == " " { hasSpaceBreak = true }
        }
        if isSpecial || hasSpaceBreak { return .double }
        if first == " " || last == " " { return .single }
        if ",[]{}#&*!|>'\"%@`".unicodeScalars.contains(first) { return .single }
        if "-?:".unicodeScalars.contains(first), scalars.count == 1 || scalars[1] == " " || scalars[1] == "\t" {
            return .single
        }
        if string.hasPrefix("---") || string.hasPrefix("...") { return .single }
        if isPlainForbidden { return .single }
        if string == "=" || string == "<<" { return .single }
        guard case .string = YAMLScalar.resolve(string) else { return .single }
        return .plain
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF, 0x85: true
        default: false
        }
    }

    /// Writes words, breaking the line at a single space once the next word would pass the width.
    ///
    /// ruamel.yaml keeps the space before the line end in plain scalars, except behind a word that is too long itself;
    /// quoted scalars are broken only once they have passed the width.
    private mutating func fold(_ string: String, indent: Int, isKey: Bool, quote: String) {
        put(quote)
        let words = string.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        for (index, word) in words.enumerated() {
            let escaped = quote.isEmpty ? word : word.replacing("'", with: "''")
            if index > 0 {
                let isSingleSpace = !word.isEmpty && !words[index - 1].isEmpty
                let isEdge = index == words.count - 1 && word.isEmpty
                let next = word.unicodeScalars.count
                let isFull = column > Self.width
                let isFolded = isFull || (quote.isEmpty && column + 1 + next > Self.width)
                if isSingleSpace, !isEdge, !isKey, isFolded, column > indent {
                    if !isFull { text += " " }
                    newline()
                    put(String(repeating: " ", count: indent))
                } else {
                    put(" ")
                }
            }
            put(escaped)
        }
        put(quote)
    }

    private mutating func writeDoubleQuoted(_ string: String, indent: Int, isKey: Bool) {
        put("\"")
        let scalars = Array(string.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            let isInner = index > 0 && index < scalars.count - 1
            let escaped = Self.escaped(scalar)
            let isSingleSpace = scalar == " " && isInner && scalars[index - 1] != " " && scalars[index + 1] != " "
            if !isKey, isSingleSpace, column > Self.width {
                newline()
                put(String(repeating: " ", count: indent))
            } else {
                put(escaped)
            }
        }
        put("\"")
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case "\0": return "\\0"
        case "\u{7}": return "\\a"
        case "\u{8}": return "\\b"
        case "\t": return "\\t"
        case "\n": return "\\n"
        case "\u{B}": return "\\v"
        case "\u{C}": return "\\f"
        case "\r": return "\\r"
        case "\u{1B}": return "\\e"
        case "\u{85}": return "\\N"
        case "\u{2028}": return "\\L"
        case "\u{2029}": return "\\P"
        case "\u{FEFF}": return "\\uFEFF"
        default: break
        }
        if isPrintable(scalar) { return String(scalar) }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let width = scalar.value <= 0xFF ? 2 : scalar.value <= 0xFFFF ? 4 : 8
        let letter = width == 2 ? "x" : width == 4 ? "u" : "U"
        return "\\" + letter + String(repeating: "0", count: width - digits.count) + digits
    }
}
