/// What DVC does to the text of a `.dvcignore` line before it matches.
enum DVCRule {
    /// The rule of a nested file as a rule of the root: `*.log` in `sub` becomes `sub/**/*.log`.
    ///
    /// The directory is not escaped and only a leading backslash is dropped, as in DVC.
    static func rebased(_ rule: String, below directory: String) -> String {
        var body = rule[...]
        let isNegated = body.hasPrefix("!")
        if isNegated { body.removeFirst() }
        let isAnchored = body.dropLast().contains("/") && !body.hasPrefix("**/")
        if isAnchored {
            if body.hasPrefix("/") { body.removeFirst() }
        } else if body.hasPrefix("**/") {
            body.removeFirst(3)
        }
        if body.hasPrefix("\\") { body.removeFirst() }
        let rebased = "\(directory)\(isAnchored ? "/" : "/**/")\(body)"
        return isNegated ? "!/" + rebased : rebased
    }

    /// The lines of a file without white space at either end.
    static func lines(of bytes: [UInt8]) -> [String] {
        let text = String(decoding: bytes, as: UTF8.self)
        var lines: [String] = []
        var line = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if scalar == "\n" || scalar == "\r" {
                if scalar == "\r" || previous != "\r" {
                    lines.append(stripped(line))
                    line = String.UnicodeScalarView()
                }
            } else {
                line.append(scalar)
            }
            previous = scalar
        }
        lines.append(stripped(line))
        return lines
    }

    private static func stripped(_ line: String.UnicodeScalarView) -> String {
        var rest = line[...]
        while let first = rest.first, isSpace(first) { rest.removeFirst() }
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        return String(String.UnicodeScalarView(rest))
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
    }
}
