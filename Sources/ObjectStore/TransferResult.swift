/// What a transfer of objects did.
package struct TransferResult: Sendable {
    /// An object that did not arrive, with the reason.
    package struct Failure: Sendable {
        package let id: ObjectID
        package let error: any Error
    }

    /// Objects that arrived, sorted.
    package var transferred: [ObjectID] = []
    /// Objects that were wanted and not there at the source, sorted.
    package var missing: [ObjectID] = []
    /// Objects whose transfer failed.
    package var failed: [Failure] = []
    /// Directories that were not sent because one of their files was missing or failed.
    package var held: [ObjectID] = []
    /// The bytes that were sent or received.
    package var bytes = 0

    package init() {}
}

/// How far a transfer has come.
package struct TransferProgress: Hashable, Sendable {
    /// Objects to be transferred.
    package var total = 0
    /// Objects that arrived or failed.
    package var done = 0
    /// The bytes of those that arrived.
    package var bytes = 0
}
