/// Finds how a text can be written.
struct ScalarAnalysis {
    /// Whether the text can stand without quotes outside and inside brackets, resolution aside.
    private(set) var allowsBlockPlain = true
    private(set) var allowsFlowPlain = true
    private(set) var allowsSingleQuoted = true
    private(set) var isMultiline = false

    init(_ text: [Unicode.Scalar]) {
        guard let first = text.first, let last = text.last else {
            allowsFlowPlain = false
            return
        }
        if Self.isMarker(text) { forbidPlain() }
        inspectFirst(first, isFollowedByBlank: text.count == 1 || Self.isBlank(text[1]), isAlone: text.count == 1)
        var previous: Unicode.Scalar?
        for (index, scalar) in text.enumerated() {
            if let previous {
                let next = index + 1 < text.count ? text[index + 1] : nil
                inspect(scalar, after: previous, before: next)
            }
            if Self.isBreak(scalar) { isMultiline = true }
            if !Self.isPrintable(scalar) { forbidAllButDoubleQuoted() }
            previous = scalar
        }
        if isMultiline || first == " " || last == " " { forbidPlain() }
    }

    private mutating func forbidPlain() {
        allowsBlockPlain = false
        allowsFlowPlain = false
    }

    private mutating func forbidAllButDoubleQuoted() {
        forbidPlain()
        allowsSingleQuoted = false
    }

    private mutating func inspectFirst(_ scalar: Unicode.Scalar, isFollowedByBlank: Bool, isAlone: Bool) {
        switch scalar {
        case "#", ",", "[", "]", "{", "}", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`": forbidPlain()
        case "?", ":":
            if isAlone { allowsFlowPlain = false }
            if isFollowedByBlank { allowsBlockPlain = false }
        case "-": if isFollowedByBlank { forbidPlain() }
        default: break
        }
    }

    private mutating func inspect(_ scalar: Unicode.Scalar, after: Unicode.Scalar, before: Unicode.Scalar?) {
        switch scalar {
        case ",", "[", "]", "{", "}": allowsFlowPlain = false
        case ":": if before.map(Self.isBlank) ?? true { forbidPlain() }
        case "#": if Self.isBlank(after) { forbidPlain() }
        case " ": if Self.isBreak(after) { forbidAllButDoubleQuoted() }
        default: if Self.isBreak(scalar), after == " " { forbidAllButDoubleQuoted() }
        }
    }

    private static func isMarker(_ text: [Unicode.Scalar]) -> Bool {
        text.starts(with: ["-", "-", "-"]) || text.starts(with: [".", ".", "."])
    }

    static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\n" || scalar == "\u{85}" || scalar == "\u{2028}" || scalar == "\u{2029}"
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\r" || scalar == "\0" || isBreak(scalar)
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\n" || isPlainCharacter(scalar)
    }

    /// Whether the character stands as it is in a double-quoted text, `"` and `\` aside.
    static func isPlainCharacter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0xFEFE, 0xFF00...0xFFFD, 0x10000...: true
        default: false
        }
    }
}
