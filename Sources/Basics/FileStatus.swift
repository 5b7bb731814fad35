package import Glibc

/// What `stat` tells of a file.
package struct FileStatus: Hashable, Sendable {
    package enum Kind: Sendable {
        case regular
        case directory
        case symbolicLink
        case other
    }

    package let kind: Kind
    /// The permission bits, without the type.
    package let permissions: mode_t
    /// In bytes.
    package let size: Int
    /// Nanoseconds since 1970.
    package let modified: Int
    package let inode: UInt64
    package let device: UInt64
    package let linkCount: UInt64

    package init(_ status: stat) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: kind = .regular
        case S_IFDIR: kind = .directory
        case S_IFLNK: kind = .symbolicLink
        default: kind = .other
        }
        permissions = status.st_mode & 0o7777
        size = Int(status.st_size)
        modified = status.st_mtim.tv_sec &* 1_000_000_000 &+ status.st_mtim.tv_nsec
        inode = UInt64(status.st_ino)
        device = UInt64(status.st_dev)
        linkCount = UInt64(status.st_nlink)
    }

    /// Whether the owner may execute it.
    package var isExecutable: Bool { permissions & S_IXUSR != 0 }
}
