/// What is wrong with the description of a transform, and in which line of the file.
package struct TransformFault: Error, Sendable, Hashable {
    package let line: Int?
    package let message: String
    package let hint: String?

    package init(line: Int?, message: String, hint: String? = nil) {
        self.line = line
        self.message = message
        self.hint = hint
    }
}
