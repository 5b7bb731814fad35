import CDigests

/// Measures runs of bytes, eight at a time.
package enum ByteRuns {
    /// How many bytes at the start stand for themselves in a JSON string: printable ASCII but quote and backslash.
    package static func plainLength(_ text: UnsafePointer<UInt8>, _ length: Int) -> Int {
        apus_plain_length(text, length)
    }

    /// How many of the first `limit` bytes are alike in both.
    package static func sharedLength(
        _ first: UnsafePointer<UInt8>,
        _ second: UnsafePointer<UInt8>,
        limit: Int
    ) -> Int {
        apus_shared_length(first, second, limit)
    }
}
