/// What a work tree has checked out.
package struct Head: Hashable, Sendable {
    /// The branch without `refs/heads/`; nil when HEAD is detached.
    package let branch: String?
    /// The commit; nil when the branch has none yet.
    package let commit: String?
}
