/// A value as the file has it.
package enum ConfigurationValue: Hashable, Sendable, CustomStringConvertible {
    case text(String)
    /// Values with commas outside quotes.
    case list([String])
    /// A section inside a section, which no setting allows.
    case section

    /// The text, when this is one.
    package var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    /// The elements of a list, or of a text with commas, without white space around them.
    package var elements: [String] {
        switch self {
        case .text(let text):
            text.split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmed() }
        case .list(let elements): elements
        case .section: []
        }
    }

    /// The value as `dvc config` prints it: a list in brackets, its elements in single quotes.
    package var description: String {
        switch self {
        case .text(let text): text
        case .list(let elements): "[" + elements.map { "'\($0)'" }.joined(separator: ", ") + "]"
        case .section: "{}"
        }
    }
}

extension StringProtocol {
    /// Without white space at either end.
    func trimmed() -> String {
        var rest = self[...]
        while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        return String(rest)
    }
}
