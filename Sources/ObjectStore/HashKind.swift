/// The rule by which file objects are named, and with it the part of a cache or remote that holds them.
package enum HashKind: Hashable, Sendable {
    /// DVC 3: MD5 of the bytes, below `files/md5`.
    case md5
    /// DVC 2: MD5 with Unix line ends in text, directly below the root.
    case md5DOS2Unix

    /// The folder of the objects below the root of a cache or remote; empty for none.
    package var folder: String {
        switch self {
        case .md5: "files/md5"
        case .md5DOS2Unix: ""
        }
    }
}
