/// Why bytes cannot be compressed or brought back.
package enum CompressionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The bytes are not of the format, or damaged.
    case damaged
    /// The bytes end before their stream does.
    case truncated
    /// More would come out than may, in bytes.
    case tooLarge(limit: Int)
    case outOfMemory

    package var description: String {
        switch self {
        case .damaged: "the compressed data is damaged"
        case .truncated: "the compressed data ends early"
        case .tooLarge(let limit): "the data is larger than \(limit) bytes when it is decompressed"
        case .outOfMemory: "there is no memory to decompress with"
        }
    }
}
