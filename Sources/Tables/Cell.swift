/// A cell split into its lines.
struct Cell {
    let lines: [String]
    /// The width of the widest line, in terminal cells.
    let width: Int

    /// Creates a cell of the body, without its outer blanks unless they are kept.
    init(_ text: String, keepsBlanks: Bool) {
        self.init(header: keepsBlanks ? text : Self.stripped(text))
    }

    /// Creates a cell that keeps its blanks.
    init(header text: String) {
        lines = Self.split(text)
        width = lines.reduce(0) { max($0, CellWidth.of($1)) }
    }

    /// Returns a line filled up with blanks to `width`; beyond the last line, blanks only.
    func padded(line: Int, to width: Int, _ alignment: Table.Alignment) -> String {
        let text = line < lines.count ? lines[line] : ""
        let blanks = String(repeating: " ", count: max(0, width - CellWidth.of(text)))
        return alignment == .left ? text + blanks : blanks + text
    }

    /// Whether Python's `str.strip` removes the scalar.
    static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        (0x1C...0x1F).contains(scalar.value) || scalar.properties.isWhitespace
    }

    private static func stripped(_ text: String) -> String {
        var scalars = Substring(text).unicodeScalars
        while let first = scalars.first, isBlank(first) { scalars.removeFirst() }
        while let last = scalars.last, isBlank(last) { scalars.removeLast() }
        return String(scalars)
    }

    private static func split(_ text: String) -> [String] {
        var lines = [""]
        var afterReturn = false
        for scalar in text.unicodeScalars {
            if scalar == "\n", afterReturn {
                afterReturn = false
                continue
            }
            afterReturn = scalar == "\r"
            if scalar == "\n" || scalar == "\r" {
                lines.append("")
            } else {
                lines[lines.count - 1].unicodeScalars.append(scalar)
            }
        }
        return lines
    }
}
