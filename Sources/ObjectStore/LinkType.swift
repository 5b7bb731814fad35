/// How a workspace file gets its content from the cache; the raw value is the word of `cache.type`.
package enum LinkType: String, Hashable, Sendable, CaseIterable {
    /// An own file that shares blocks with the object until one of them changes.
    case reflink
    /// Another name of the object, not writable.
    case hardlink
    /// A link to the object's absolute path.
    case symlink
    /// An own file.
    case copy

    /// What DVC uses when `cache.type` is not set.
    package static let standard: [LinkType] = [.reflink, .copy]
}
