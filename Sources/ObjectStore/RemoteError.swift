/// A failed operation on a remote.
package struct RemoteError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What a caller can do about it.
    package enum Kind: Hashable, Sendable {
        /// The object is not there.
        case missing
        /// The same call may succeed later: a time-out, a lost connection, an overloaded server.
        case transient
        /// Access is denied, or credentials are missing.
        case denied
        /// Any other failure that a repetition does not cure.
        case permanent
    }

    package let kind: Kind
    /// The address of the remote, and what of it failed.
    package let subject: String
    package let reason: String

    package init(_ kind: Kind, _ subject: String, _ reason: String) {
        self.kind = kind
        self.subject = subject
        self.reason = reason
    }

    package var description: String { "\(subject): \(reason)" }
}
