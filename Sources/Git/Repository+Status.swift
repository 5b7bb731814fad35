/// What is not committed.
package struct WorkTreeStatus: Hashable, Sendable {
    /// Whether tracked files differ from the last commit.
    package let hasChanges: Bool
    /// The files that are neither tracked nor ignored, relative to the root; empty when not asked for.
    package let untracked: [String]
}

extension Repository {
    /// What differs from the last commit, by one `git status`.
    package func status(untracked: Bool) throws(GitError) -> WorkTreeStatus {
        let output = try git(["status", "--porcelain", "-z", "--no-renames", "-u\(untracked ? "all" : "no")"])
        let entries = output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        let files = entries.filter { $0.hasPrefix("?? ") }.map { String($0.dropFirst(3)) }
        return WorkTreeStatus(hasChanges: entries.count > files.count, untracked: files)
    }
}
