/// A word of Python.
struct PythonToken {
    enum Kind: Equatable {
        case name, number, operation, newline, indent, dedent
        /// A string literal; nil when its value is no text: bytes, interpolated or lone surrogates.
        case string(String?)
    }

    let kind: Kind
    let text: String
    let line: Int

    func isOperation(_ text: String) -> Bool {
        kind == .operation && self.text == text
    }

    var opensBracket: Bool {
        kind == .operation && (text == "(" || text == "[" || text == "{")
    }

    var closesBracket: Bool {
        kind == .operation && (text == ")" || text == "]" || text == "}")
    }
}
