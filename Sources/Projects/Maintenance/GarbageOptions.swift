/// What a collection of unused objects keeps and where it looks.
package struct GarbageOptions: Sendable {
    /// What is used there is kept, beside what the workspace uses.
    package var revisions = RevisionScope()
    /// Folders of other projects whose data is kept too.
    package var projects: [String] = []
    /// Whether to keep only what no remote has.
    package var onlyAbsent = false
    /// Whether the remotes are cleaned as well.
    package var cleansRemotes = false
    package var remote: String?
    package var jobs: Int?
    package var isDryRun = false
    /// Whether revisions that cannot be read are passed over.
    package var skipsFailed = false

    package init() {}
}

/// What a collection removed in one place.
package struct GarbageRemoved: Sendable {
    package enum Place: Hashable, Sendable {
        case cache
        /// The cache of DVC 2 objects.
        case legacyCache
        /// The address of a remote.
        case remote(String)
    }

    package let place: Place
    /// The paths of the objects, absolute or within a remote.
    package let paths: [String]
    /// All bytes; nil when they are not known.
    package let bytes: Int?
}
