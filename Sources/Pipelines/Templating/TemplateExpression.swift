/// The name of a variable inside of `${…}`: words joined by dots, or put in brackets.
struct TemplateExpression {
    /// As written, for messages.
    let text: String
    let words: [String]

    /// Reads an expression without a check, as for the stages of a group whose template has been checked.
    init(unchecked text: String) {
        self.text = text
        words = text.split(separator: ".", omittingEmptySubsequences: false).flatMap { part in
            part.split(separator: "[", omittingEmptySubsequences: false).map {
                TemplateExpression.trimmed(String($0.filter { $0 != "]" }))
            }
        }
    }

    /// Reads an expression; throws a message with a pointer to the fault.
    init(_ text: String) throws(TemplateError) {
        var scanner = Scanner(text: Array(text.unicodeScalars))
        guard let words = scanner.words() else {
            throw TemplateError(kind: .expression, message: scanner.complaint)
        }
        self.init(unchecked: words.joined(separator: "."))
    }

    private static func trimmed(_ word: String) -> String {
        let scalars = word.unicodeScalars.drop { $0.properties.isWhitespace }
        guard let last = scalars.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
        return String(scalars[...last])
    }

    private struct Scanner {
        let text: [Unicode.Scalar]
        var place = 0
        var expected = ""

        /// The words as written, or nil at a fault.
        mutating func words() -> [String]? {
            guard let first = word() else { return nil }
            var words = [first]
            while place < text.count {
                let isIndex = text[place] == "["
                guard isIndex || text[place] == "." else { return fail("end of text") }
                place += 1
                guard let next = word() else { return nil }
                words.append(next)
                guard isIndex else { continue }
                guard place < text.count, text[place] == "]" else { return fail("']'") }
                place += 1
                while place < text.count, text[place].properties.isWhitespace {
                    place += 1
                }
            }
            return words
        }

        /// What is wrong, with a pointer to the place.
        var complaint: String {
            let found = place < text.count ? "'\(text[place])'" : "end of text"
            return "${\(String(String.UnicodeScalarView(text)))}\n\(String(repeating: " ", count: place + 2))^\n"
                + "Expected \(expected), found \(found) (at char \(place))"
        }

        private mutating func word() -> String? {
            let start = place
            while place < text.count, !".[]".unicodeScalars.contains(text[place]) {
                place += 1
            }
            return place > start ? String(String.UnicodeScalarView(text[start..<place])) : fail("a name")
        }

        private mutating func fail<Result>(_ expected: String) -> Result? {
            self.expected = expected
            return nil
        }
    }
}
