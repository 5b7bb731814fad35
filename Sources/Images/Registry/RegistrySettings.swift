package import Transport

/// How registries are spoken to.
package struct RegistrySettings: Sendable {
    package var client = HTTPClientSettings()
    /// Whether registries have no TLS; this machine's own are spoken to without it first in any case.
    package var isPlain = false
    package var retry = RetryPolicy.standard
    package var userAgent = "apus"
    /// Blobs that are sent or fetched at the same time.
    package var jobs = 4
    /// Bytes of a blob that are sent at once; what is larger goes in pieces.
    package var chunkSize = 32 << 20

    package init() {}
}
