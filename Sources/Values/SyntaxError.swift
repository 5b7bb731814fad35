/// Tells where a text is not in the language it should be in, and why.
package struct SyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    package let message: String
    /// The line of the fault, from 1.
    package let line: Int
    /// The column of the fault in characters, from 1.
    package let column: Int

    package init(message: String, line: Int, column: Int) {
        self.message = message
        self.line = line
        self.column = column
    }

    package var description: String { "line \(line), column \(column): \(message)" }
}
