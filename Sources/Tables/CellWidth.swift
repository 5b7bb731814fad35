/// Counts the terminal cells that a text takes, as the `wcwidth` package for Python does.
enum CellWidth {
    /// Returns the cells of `text` without its colour escapes, or -1 when it holds another control character.
    static func of(_ text: String) -> Int {
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text.utf8.count }
        var measure = Measure()
        var scalars = Array(text.unicodeScalars)[...]
        while let scalar = scalars.first {
            if let rest = afterEscape(scalars) {
                scalars = rest
                continue
            }
            scalars = scalars.dropFirst()
            if scalar == "\u{200D}" {
                if measure.join() { scalars = scalars.dropFirst() }
            } else if !measure.add(scalar) {
                return -1
            }
        }
        return measure.total
    }

    /// What follows a leading control sequence (`ESC [ … letter`), or nil when there is none.
    private static func afterEscape(_ scalars: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar>? {
        guard scalars.first == "\u{1B}", scalars.dropFirst().first == "[" else { return nil }
        var rest = scalars.dropFirst(2)
        rest = rest.drop { (0x30...0x3F).contains($0.value) }
        rest = rest.drop { (0x20...0x2F).contains($0.value) }
        guard let last = rest.first, (0x40...0x7E).contains(last.value) else { return nil }
        return rest.dropFirst()
    }

    /// The width of one scalar by itself: 0, 1, 2, or -1 for a control character.
    static func of(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value == 0 { return 0 }
        if scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) { return -1 }
        return isZero(scalar) ? 0 : isWide(scalar) ? 2 : 1
    }

    private static func isZero(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xAD, 0x600...0x605, 0x6DD, 0x70F, 0x890...0x891, 0x8E2, 0x115F, 0x110BD, 0x110CD: return false
        case 0x1160...0x11FF, 0xD7B0...0xD7C6, 0xD7CB...0xD7FB: return true
        default: break
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark, .format, .lineSeparator, .paragraphSeparator: return true
        default: return scalar.properties.isDefaultIgnorableCodePoint
        }
    }
}
