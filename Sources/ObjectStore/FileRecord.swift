import CSystemCalls
import Digests
import Glibc

/// What is known of a file: its state when it was examined and, with that, the checksum of its content.
///
/// Trivial and of fixed layout (56 bytes), because the stat index keeps these records as they are in memory.
struct FileRecord {
    /// Facts about a file beside its numbers.
    struct Flags: OptionSet {
        let rawValue: UInt16
        static let hasDigest = Flags(rawValue: 1)
        /// The directory entry is a symbolic link.
        static let isLink = Flags(rawValue: 2)
        static let isExecutable = Flags(rawValue: 4)
        /// The inode has other names.
        static let hasOtherNames = Flags(rawValue: 8)
        /// The permissions are those of a cache object, 0444.
        static let isProtected = Flags(rawValue: 16)
        /// A link that leads nowhere.
        static let isBroken = Flags(rawValue: 32)
        /// The modification time lies before the file was given its name, so that no write since can hide.
        static let isSettled = Flags(rawValue: 64)
    }

    var inode: UInt64 = 0
    /// Nanoseconds since 1970 of the last change of the content.
    var modified: Int64 = 0
    /// Nanoseconds since 1970 of the last change of the inode.
    var changed: Int64 = 0
    var size: Int64 = 0
    var digestHigh: UInt64 = 0
    var digestLow: UInt64 = 0
    /// Where the name starts among those of the directory.
    var nameOffset: UInt32 = 0
    var nameLength: UInt16 = 0
    private var rawFlags: UInt16 = 0

    init() {}

    init(nameOffset: Int, nameLength: Int, isLink: Bool) {
        self.nameOffset = UInt32(truncatingIfNeeded: nameOffset)
        self.nameLength = UInt16(truncatingIfNeeded: nameLength)
        flags = isLink ? .isLink : []
    }

    var flags: Flags {
        get { Flags(rawValue: rawFlags) }
        set { rawFlags = newValue.rawValue }
    }

    /// The checksum of the content; nil when it is not known.
    var digest: MD5Digest? {
        get { flags.contains(.hasDigest) ? MD5Digest(high: digestHigh, low: digestLow) : nil }
        set {
            digestHigh = newValue?.high ?? 0
            digestLow = newValue?.low ?? 0
            if newValue == nil { flags.remove(.hasDigest) } else { flags.insert(.hasDigest) }
        }
    }

    /// Takes over a new state of the file; the checksum is forgotten.
    mutating func update(_ status: stat) {
        inode = UInt64(status.st_ino)
        modified = Self.nanoseconds(status.st_mtim)
        changed = Self.nanoseconds(status.st_ctim)
        size = Int64(status.st_size)
        var new: Flags = flags.contains(.isLink) ? .isLink : []
        if status.st_mode & S_IXUSR != 0 { new.insert(.isExecutable) }
        if status.st_nlink > 1 { new.insert(.hasOtherNames) }
        if status.st_mode & 0o7777 == 0o444 { new.insert(.isProtected) }
        flags = new
    }

    /// Whether the file has not changed since the other record was made.
    ///
    /// The time of the inode's change exposes writes that set the modification time back. It says nothing for a file
    /// with several names, as each further link to an object of the cache changes it.
    func isSameState(as other: FileRecord) -> Bool {
        inode == other.inode && modified == other.modified && size == other.size
            && (changed == other.changed || flags.contains(.hasOtherNames))
    }

    /// Whether a write could still follow within the same tick of the clock, unseen, after `time`.
    func isRacy(at time: Int64) -> Bool {
        if flags.contains(.isSettled) { return false }
        let limit = time - Self.racyWindow
        return modified >= limit || (changed >= limit && !flags.contains(.hasOtherNames))
    }

    /// Longer than the tick of any kernel's file clock.
    static let racyWindow: Int64 = 20_000_000

    static func nanoseconds(_ time: timespec) -> Int64 {
        Int64(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000).partialValue &+ Int64(time.tv_nsec)
    }
}
