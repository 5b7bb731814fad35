/// Why bytes are not the JSON that was asked for.
package struct JSONProblem: Error, Hashable, Sendable, CustomStringConvertible {
    package let message: String
    /// Counted in bytes from the start of the text.
    package let offset: Int

    package init(_ message: String, at offset: Int) {
        self.message = message
        self.offset = offset
    }

    package var description: String { "\(message) (at byte \(offset) of the JSON)" }
}
