/// An error that knows what the user can do about it.
package protocol HintedError: Error {
    /// Advice for the user; nil when there is none.
    var hint: String? { get }
    /// Whether the description starts with a place in a file, as editors read it.
    var hasPlace: Bool { get }
}

extension HintedError {
    package var hasPlace: Bool { false }
}
