/// Why bytes are not the manifest of a directory.
package struct ManifestError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    package enum Reason: Hashable, Sendable {
        /// Not the JSON of a list of objects; the offset of the byte.
        case syntax(offset: Int)
        /// A key has a value of the wrong kind.
        case wrongType(key: String)
        /// An entry lacks a key.
        case missingKey(String)
        /// The value of `md5` is not 32 hexadecimal digits.
        case invalidChecksum(String)
        /// Absolute, or with an empty, `.` or `..` part, or a NUL.
        case unsafePath
        /// Longer than any path can be.
        case longPath
        /// Two entries have one path.
        case duplicatePath
        /// The path is a file in one entry and a directory in another.
        case fileAndDirectory
    }

    package let reason: Reason
    /// The number of the entry, from 0.
    package let entry: Int
    /// The path of the entry as far as it is known.
    package let path: String?

    package var description: String {
        let place = path.map { "entry \(entry) ('\($0)')" } ?? "entry \(entry)"
        switch reason {
        case .syntax(let offset): return "\(place): unexpected text at byte \(offset)"
        case .wrongType(let key): return "\(place): '\(key)' has a value of the wrong type"
        case .missingKey(let key): return "\(place): '\(key)' is missing"
        case .invalidChecksum(let text): return "\(place): '\(text)' is not an MD5 checksum"
        case .unsafePath: return "\(place): the path does not stay inside the directory"
        case .longPath: return "entry \(entry): the path is too long"
        case .duplicatePath: return "\(place): the path occurs twice"
        case .fileAndDirectory: return "\(place): the path is both a file and a directory"
        }
    }
}
