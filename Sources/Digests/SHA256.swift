import CDigests

/// SHA-256 (FIPS 180-4).
package struct SHA256: Sendable {
    private var context = apus_sha256_context()

    /// Turns the processor's own instructions on or off; returns whether they are used. For tests.
    package static func accelerate(_ isWanted: Bool) -> Bool { apus_sha256_accelerate(isWanted ? 1 : 0) != 0 }

    package init() {
        apus_sha256_init(&context)
    }

    /// Appends bytes to the message.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        apus_sha256_update(&context, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
    }

    /// Appends bytes to the message.
    package mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// The 32 bytes of the checksum of all so far; the computation may go on.
    package func finalize() -> [UInt8] {
        var copy = context
        return [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            apus_sha256_final(&copy, buffer.baseAddress)
            count = 32
        }
    }

    /// The checksum as 64 lower-case hexadecimal digits.
    package static func hash(_ bytes: [UInt8]) -> String {
        var hasher = SHA256()
        hasher.update(bytes)
        let digits = Array("0123456789abcdef".utf8)
        let hex = hasher.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: hex, as: UTF8.self)
    }
}
