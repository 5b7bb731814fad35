/// Decides what of a directory output does not belong to it.
package protocol PathFilter: Sendable {
    /// Whether nothing is ever ignored, so that no path needs to be asked about.
    var isEmpty: Bool { get }

    /// A number that changes with the rules; nil when unknown, which costs a new look at every directory.
    var fingerprint: UInt64? { get }

    /// Whether the path, relative to the output, is left out. Nothing below an ignored directory is asked about.
    func isIgnored(_ relativePath: String, isDirectory: Bool) -> Bool
}

extension PathFilter {
    package var fingerprint: UInt64? { isEmpty ? 0 : nil }
}

/// A filter that keeps everything.
package struct EmptyFilter: PathFilter {
    package init() {}

    package var isEmpty: Bool { true }

    package func isIgnored(_ relativePath: String, isDirectory: Bool) -> Bool { false }
}
