package import ObjectStore

/// What a push or fetch did, and what it passed over.
package struct SharingOutcome: Sendable {
    package var result = TransferResult()
    /// Entries of the run cache that were sent or brought.
    package var runs = 0
    /// Revisions that could not be read, with the reasons.
    package var skipped: [String] = []
    /// Whether there is data for which no remote is known.
    package var lacksRemote = false

    /// Adds what was done in one place.
    mutating func join(_ other: TransferResult) {
        result.transferred += other.transferred
        result.missing += other.missing
        result.failed += other.failed
        result.held += other.held
        result.bytes += other.bytes
    }
}
