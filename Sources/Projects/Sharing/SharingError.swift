import Basics

/// What keeps data from being shared or cleaned up.
package enum SharingError: HintedError, Hashable, Sendable, CustomStringConvertible {
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

    package var hint: String? {
        switch self {
        case .missingManifest: "bring it with 'apus fetch', or give its metafile up with 'apus remove'"
        case .noMatch: "put the pattern in quotes, so that the shell leaves it alone"
        }
    }
}
