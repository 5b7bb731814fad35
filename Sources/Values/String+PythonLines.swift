extension String {
    /// The lines of the text as Python's `str.splitlines()` gives them.
    package var pythonLines: [String] {
        var lines: [String] = []
        var current = String.UnicodeScalarView()
        var lastWasReturn = false
        for scalar in unicodeScalars {
            if lastWasReturn, scalar == "\n" {
                lastWasReturn = false
                continue
            }
            lastWasReturn = scalar == "\r"
            if Self.lineEnds.contains(scalar) {
                lines.append(String(current))
                current = String.UnicodeScalarView()
            } else {
                current.append(scalar)
            }
        }
        if !current.isEmpty { lines.append(String(current)) }
        return lines
    }

    private static let lineEnds: Set<Unicode.Scalar> = [
        "\n", "\r", "\u{0B}", "\u{0C}", "\u{1C}", "\u{1D}", "\u{1E}", "\u{85}", "\u{2028}", "\u{2029}",
    ]
}
