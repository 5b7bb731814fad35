import Basics

extension Project {
    /// The paths that patterns of `*`, `?`, `[…]` and `**` match from the caller's directory on, in order.
    ///
    /// As in a shell, names that start with a dot are matched by a dot only. Throws when nothing matches at all.
    package func matches(of patterns: [String]) throws -> [String] {
        let found = patterns.flatMap { PathPattern.expand($0, from: environment.workingDirectory) }
        if found.isEmpty { throw SharingError.noMatch(patterns.joined(separator: " ")) }
        return found
    }
}
