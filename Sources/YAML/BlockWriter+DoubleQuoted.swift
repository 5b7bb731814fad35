extension BlockWriter {
    mutating func writeDoubleQuoted(_ text: [Unicode.Scalar], indent: Int, folds: Bool) {
        put("\"")
        var pending = 0  // where the text not yet written begins
        for index in text.indices {
            let scalar = text[index]
            if let escape = YAMLText.escape(scalar) {
                put(text[pending..<index])
                put(escape)
                pending = index + 1
            }
            let canFold = folds && index > 0 && index < text.count - 1 && (scalar == " " || pending >= index)
            guard canFold, column + index - pending > Self.width else { continue }
            pending = fold(text, at: index, pending: pending, indent: indent)
        }
        put(text[min(pending, text.count)...])
        put("\"")
    }

    /// Breaks the line before `index` and gives the new start of the pending text.
    private mutating func fold(_ text: [Unicode.Scalar], at index: Int, pending: Int, indent: Int) -> Int {
        let needsBackslash = needsBackslash(text, at: index, pending: pending)
        if pending < index { put(text[pending..<index]) }
        if needsBackslash { put("\\") }
        newLine(indent)
        let start = max(pending, index)
        guard text[start] == " " else { return start }
        // A blank at the start of a line is lost in reading: the line break stands for it, or it is escaped.
        guard needsBackslash else { return start + 1 }
        put("\\")
        return start
    }

    /// Whether a line break before `index` must be escaped, since it would be read as a blank.
    ///
    /// DVC's writer forgets it after an escaped character other than a line break or quote, and then reads back a
    /// blank more; such a text is written so that it reads back the same.
    private func needsBackslash(_ text: [Unicode.Scalar], at index: Int, pending: Int) -> Bool {
        guard pending != index, pending < index || text[pending] == " " else { return true }
        guard let space = text[index...].firstIndex(of: " "), space + 1 < text.count else { return true }
        if text[index..<space].contains(where: { $0 == "\n" || $0 == "\"" || $0 == "'" }) { return true }
        if text[space + 1] == " " || text[space + 1] == "\n" { return true }
        return text[index] == " " && text[index - 1] == " "
    }
}
