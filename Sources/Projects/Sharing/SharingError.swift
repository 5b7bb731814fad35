/// What keeps data from being shared or cleaned up.
package enum SharingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The manifest of a directory is nowhere, so its files cannot be told from unused ones.
    case missingManifest(String)
    /// A pattern that nothing matches.
    case noMatch(String)

    package var description: String {
        switch self {
        case .missingManifest(let path): "cannot tell what belongs to '\(path)': its directory object is nowhere"
        case .noMatch(let pattern): "'\(pattern)' matches nothing"
        }
    }
}
