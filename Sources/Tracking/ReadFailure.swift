/// Why a parameters or metrics file, or a whole revision, could not be read.
package struct ReadFailure: Hashable, Sendable, Error {
    /// The name of the error, as in DVC's JSON (`FileNotFoundError`, `YAMLFileCorruptedError`).
    package var type: String
    /// The message for the user.
    package var message: String
    /// What a user should read about it, with the place in the file; nil when there is no more to say.
    package var detail: String?

    /// Creates a failure.
    package init(type: String, message: String, detail: String? = nil) {
        self.type = type
        self.message = message
        self.detail = detail
    }
}
