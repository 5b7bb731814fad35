package import Digests

/// The SHA-256 by which a blob or manifest is known.
///
/// https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests
package struct ContentDigest: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// 64 lower-case digits.
    package let hex: String

    package init(_ text: String) throws(ImageError) {
        let prefix = "sha256:"
        guard text.hasPrefix(prefix), text.utf8.count == prefix.utf8.count + 64,
            text.utf8.dropFirst(prefix.utf8.count).allSatisfy({ byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            })
        else { throw .invalidDigest(String(text.prefix(160))) }
        hex = String(text.dropFirst(prefix.count))
    }

    /// The digest that a hasher has come to.
    package init(_ hasher: SHA256) {
        hex = Self.hex(hasher.finalize())
    }

    /// The digest of bytes.
    package init(of bytes: [UInt8]) {
        hex = SHA256.hash(bytes)
    }

    package var description: String { "sha256:" + hex }

    /// The first digits, for people.
    package var short: String { String(hex.prefix(12)) }

    package static func < (left: ContentDigest, right: ContentDigest) -> Bool { left.hex < right.hex }

    private static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
