/// A tracked file or directory of one revision, as `diff` and `data status` compare it.
package struct DataItem: Sendable, Hashable {
    /// The path to show, without a final `/`.
    package var path: String
    /// The hash, with `.dir` at the end for a directory; nil when it is not known.
    package var hash: String?
    /// Whether the hash is one of DVC 2, which never equals one of DVC 3.
    package var isLegacy: Bool
    package var isDirectory: Bool
    /// Whether the contents of this directory cannot be listed, so that nothing is said about them.
    package var isUnlisted: Bool

    /// Creates an item.
    package init(
        path: String,
        hash: String?,
        isLegacy: Bool = false,
        isDirectory: Bool = false,
        isUnlisted: Bool = false
    ) {
        self.path = path
        self.hash = hash
        self.isLegacy = isLegacy
        self.isDirectory = isDirectory
        self.isUnlisted = isUnlisted
    }

    /// The path as shown: a directory's ends in `/`.
    package var shownPath: String { isDirectory ? path + "/" : path }

    /// What is equal for equal data; nil when the hash is not known.
    var identity: String? { hash.map { isLegacy ? "legacy " + $0 : $0 } }

    /// Whether the item comes before another one, name by name.
    static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lazy.map { $0 == 0x2F ? 0 : $0 }.lexicographicallyPrecedes(
            right.utf8.lazy.map { $0 == 0x2F ? 0 : $0 }
        )
    }
}
