/// A fault in a text, before it is known which file the text came from.
struct SyntaxFault: Error {
    /// Counted from 1.
    let line: Int
    let message: String
}
