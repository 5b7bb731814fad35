/// An error that knows what the user can do about it.
package protocol HintedError: Error {
    /// Advice for the user; nil when there is none.
    var hint: String? { get }
}
