/// A branch or tag.
package struct Reference: Hashable, Sendable {
    /// Without `refs/heads/` or `refs/tags/`.
    package let name: String
    /// The commit it leads to, through annotated tags.
    package let commit: String
}
