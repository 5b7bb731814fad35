/// How names and values are written, as ConfigObj does it.
enum Quoting {
    /// A value; nil when no kind of quotes can hold it.
    static func value(_ value: ConfigurationValue) -> String? {
        switch value {
        case .text(let text): return quoted(text, allowsTriple: true)
        case .section: return nil
        case .list(let elements):
            let parts = elements.compactMap { quoted($0, allowsTriple: false) }
            guard parts.count == elements.count else { return nil }
            return parts.count > 1 ? parts.joined(separator: ", ") : (parts.first ?? "") + ","
        }
    }

    /// A key or the name of a section; nil when no kind of quotes can hold it.
    static func name(_ name: String) -> String? { quoted(name, allowsTriple: false) }

    private static func quoted(_ text: String, allowsTriple: Bool) -> String? {
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return "\"\"" }
        let hasSingle = text.unicodeScalars.contains("'")
        let hasDouble = text.unicodeScalars.contains("\"")
        let hasLineBreak = text.unicodeScalars.contains("\n")
        if allowsTriple, (hasSingle && hasDouble) || hasLineBreak { return tripleQuoted(text) }
        if hasLineBreak { return nil }
        let isDelicate = delicate.contains(first) || delicate.contains(last)
        guard isDelicate || text.unicodeScalars.contains(",") || text.unicodeScalars.contains("#") else { return text }
        if hasSingle && hasDouble { return nil }
        return hasDouble ? "'\(text)'" : "\"\(text)\""
    }

    private static func tripleQuoted(_ text: String) -> String? {
        if !text.contains("\"\"\"") { return "'''\(text)'''" }
        return text.contains("'''") ? nil : "\"\"\"\(text)\"\"\""
    }

    /// What makes quotes needed at either end of a text.
    private static let delicate: [Unicode.Scalar] = [" ", "\r", "\n", "\u{B}", "\t", "'", "\""]
}
