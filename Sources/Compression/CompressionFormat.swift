/// What surrounds deflated bytes.
package enum CompressionFormat: String, Sendable, Hashable, CaseIterable {
    /// RFC 1952: files named `.gz`, HTTP's and gRPC's `gzip`.
    case gzip
    /// RFC 1950: HTTP's and gRPC's `deflate`.
    case zlib
    /// RFC 1951: nothing around it.
    case raw

    /// zlib's word for it: the window of 32 KiB, with an offset or a sign.
    var windowBits: Int32 {
        switch self {
        case .gzip: 15 + 16
        case .zlib: 15
        case .raw: -15
        }
    }
}
