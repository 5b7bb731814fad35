/// Counts of files in one sentence, as `push`, `fetch`, `pull` and `checkout --summary` end.
package struct TransferSummary: Sendable, Hashable {
    package var pushed = 0
    package var fetched = 0
    package var modified = 0
    package var added = 0
    package var deleted = 0

    /// Creates a summary of nothing.
    package init() {}

    /// The sentence, such as `9 files fetched and 7 files added`, or nil when every count is zero.
    package var sentence: String? {
        let counts = [
            (pushed, "pushed"), (fetched, "fetched"), (modified, "modified"), (added, "added"), (deleted, "deleted"),
        ]
        let parts = counts.filter { $0.0 > 0 }.map { "\($0) file\($0 > 1 ? "s" : "") \($1)" }
        guard let last = parts.last else { return nil }
        return parts.count == 1 ? last : parts.dropLast().joined(separator: ", ") + " and " + last
    }

    /// The line that ends a transfer.
    package var transferText: String { (sentence ?? "Everything is up to date.") + "\n" }

    /// The line that ends a checkout.
    package var checkoutText: String { (sentence ?? "No changes.") + "\n" }
}
