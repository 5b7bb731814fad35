/// The checksum of an output or dependency as a metafile states it.
package struct RecordedHash: Hashable, Sendable, CustomStringConvertible {
    /// Which rule made the checksum, and with that which part of the cache holds the object.
    package enum Algorithm: Hashable, Sendable {
        /// DVC 3: the entry says `hash: md5`.
        case md5
        /// DVC 2: no `hash` key; text files were hashed with Unix line ends.
        case md5DOS2Unix
        /// A checksum of a remote file under its key: `etag`, `checksum`, `version_id`.
        case remote(key: String)
    }

    package let algorithm: Algorithm
    /// 32 hexadecimal digits, with `.dir` for a directory; anything for a remote checksum.
    package let value: String

    package init(algorithm: Algorithm, value: String) {
        self.algorithm = algorithm
        self.value = value
    }

    package var isDirectory: Bool { value.hasSuffix(".dir") }

    package var description: String { value }
}
