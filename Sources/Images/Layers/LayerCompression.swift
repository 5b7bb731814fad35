/// How layers are made small.
package enum LayerCompression: String, Sendable, Hashable, CaseIterable {
    /// What everything reads.
    case gzip
    /// Quicker, and read by what is newer: containerd since 1.5, Docker, podman, CRI-O.
    case zstd

    var mediaType: String {
        switch self {
        case .gzip: MediaType.layer
        case .zstd: MediaType.zstandardLayer
        }
    }
}
