/// What a checkout did to one output.
package struct CheckoutResult: Hashable, Sendable {
    /// What happened to the output as a whole.
    package enum Change: Hashable, Sendable {
        case unchanged
        case added
        case modified
        case deleted
    }

    package var change = Change.unchanged
    /// Files made where there were none.
    package var added = 0
    /// Files that got another content.
    package var modified = 0
    /// Files removed.
    package var deleted = 0
    /// Files of unchanged content that were linked to the cache anew.
    package var relinked = 0
    /// Objects that the store lacks or had with wrong bytes; their files were left as they were.
    package var missing: [ObjectID] = []
    /// Files that none of the link types could make.
    package var unlinkable: [String] = []

    package init() {}

    /// Whether the output now is what it should be.
    package var isComplete: Bool { missing.isEmpty && unlinkable.isEmpty }
}
