/// Tells why bytes are not JSON as Python reads it.
package struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
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

    package var description: String { "\(message): line \(line) column \(column)" }
}
