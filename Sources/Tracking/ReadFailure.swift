/// Why a parameters or metrics file, or a whole revision, could not be read.
package struct ReadFailure: Hashable, Sendable, Error {
    /// The name of the error, as in DVC's JSON (`FileNotFoundError`, `YAMLFileCorruptedError`).
    package var type: String
    /// The message for the user.
    package var message: String

    /// Creates a failure.
    package init(type: String, message: String) {
        self.type = type
        self.message = message
    }
}
