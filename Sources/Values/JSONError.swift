/// A text that is not JSON in the sense of Python's `json.loads`.
package struct JSONError: Error, Hashable, Sendable {
    package let message: String
    /// Counted from 1.
    package let line: Int
    /// In bytes, counted from 1.
    package let column: Int
}
