/// A text that is not YAML, or more than this reader takes.
package struct YAMLError: Error, Hashable, Sendable {
    package let message: String
    /// Counted from 1.
    package let line: Int
    /// In bytes, counted from 1.
    package let column: Int

    package init(message: String, line: Int, column: Int) {
        self.message = message
        self.line = line
        self.column = column
    }
}
