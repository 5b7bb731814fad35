/// The outputs that a checkout changed, as `checkout` and `pull` list them.
package struct CheckoutChanges: Sendable, Hashable {
    package var modified: [String]
    package var added: [String]
    package var deleted: [String]

    /// Takes the paths to show; those of directories end in `/`.
    package init(modified: [String] = [], added: [String] = [], deleted: [String] = []) {
        self.modified = modified
        self.added = added
        self.deleted = deleted
    }

    /// A line for each output: its letter, blanks up to column 8, its path.
    package var text: String {
        (modified.map { "M       \($0)\n" } + added.map { "A       \($0)\n" } + deleted.map { "D       \($0)\n" })
            .joined()
    }
}
