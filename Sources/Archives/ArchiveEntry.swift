/// What an archive holds under one name.
package struct ArchiveEntry: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case file
        case directory
        /// What the link says.
        case symbolicLink(String)
        /// The entry that it is the same as.
        case hardLink(String)
        /// A device, a pipe or what only one program knows.
        case other
    }

    /// With slashes between its parts.
    package var path: String
    package var kind: Kind
    /// The permission bits.
    package var mode: Int
    /// The bytes that follow; 0 for what is no file.
    package var size: Int
    /// Seconds since 1970.
    package var modified: Int

    package init(path: String, kind: Kind = .file, mode: Int? = nil, size: Int = 0, modified: Int = 0) {
        self.path = path
        self.kind = kind
        self.mode = mode ?? (kind == .directory ? 0o755 : 0o644)
        self.size = size
        self.modified = modified
    }

    package var isExecutable: Bool { mode & 0o100 != 0 }
}

/// How much of an archive is taken.
package struct ArchiveLimits: Hashable, Sendable {
    /// All bytes of all files together.
    package var bytes: Int
    package var entries: Int
    /// The bytes of a name or of a link's target.
    package var nameLength: Int

    package init(bytes: Int = 1 << 40, entries: Int = 1_000_000, nameLength: Int = 4096) {
        self.bytes = bytes
        self.entries = entries
        self.nameLength = nameLength
    }
}
