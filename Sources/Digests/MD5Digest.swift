import CDigests

/// A 128-bit MD5 checksum.
package struct MD5Digest: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The first eight bytes, most significant first, so that numeric order is the order of the hexadecimal text.
    package let high: UInt64
    /// The last eight bytes, most significant first.
    package let low: UInt64

    @inlinable
    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    @inlinable
    package static func == (first: Self, second: Self) -> Bool {
        first.high == second.high && first.low == second.low
    }

    /// One half is enough: all bits of a checksum are alike.
    @inlinable
    package func hash(into hasher: inout Hasher) {
        hasher.combine(low)
    }

    /// Takes 16 bytes in the order MD5 writes them; nil for any other count.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        var words: (UInt64, UInt64) = (0, 0)
        for (position, byte) in bytes.enumerated() {
            if position < 8 {
                words.0 = words.0 << 8 | UInt64(byte)
            } else {
                words.1 = words.1 << 8 | UInt64(byte)
            }
        }
        self.init(high: words.0, low: words.1)
    }

    /// Loads 16 bytes in the order MD5 writes them; the pointer needs no alignment.
    package init(loading pointer: UnsafeRawPointer) {
        self.init(
            high: UInt64(bigEndian: pointer.loadUnaligned(as: UInt64.self)),
            low: UInt64(bigEndian: pointer.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        )
    }

    /// Parses exactly 32 lower-case hexadecimal digits.
    package init?(hex text: some StringProtocol) {
        var count = 0
        var high: UInt64 = 0
        var low: UInt64 = 0
        for byte in text.utf8 {
            guard count < 32, let value = Self.value(ofHexDigit: byte) else { return nil }
            if count < 16 {
                high = high << 4 | value
            } else {
                low = low << 4 | value
            }
            count += 1
        }
        guard count == 32 else { return nil }
        self.init(high: high, low: low)
    }

    /// Parses the 32 lower-case hexadecimal digits at `pointer`.
    package init?(hexAt pointer: UnsafePointer<UInt8>) {
        var words: (UInt64, UInt64) = (0, 0)
        let isValid = withUnsafeMutablePointer(to: &words) { words in
            words.withMemoryRebound(to: UInt64.self, capacity: 2) { apus_parse_hex(pointer, $0) != 0 }
        }
        if !isValid { return nil }
        self.init(high: words.0, low: words.1)
    }

    /// The 32 lower-case hexadecimal digits.
    package var hex: String {
        String(unsafeUninitializedCapacity: 32) { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            writeHex(to: base)
            return 32
        }
    }

    package var description: String { hex }

    /// Writes the 32 lower-case hexadecimal digits to `pointer`.
    package func writeHex(to pointer: UnsafeMutablePointer<UInt8>) {
        apus_write_hex(high, low, pointer)
    }

    /// The 16 bytes in the order MD5 writes them.
    package var bytes: [UInt8] {
        withUnsafeBytes(of: high.bigEndian) { Array($0) } + withUnsafeBytes(of: low.bigEndian) { Array($0) }
    }

    @inlinable
    package static func < (first: Self, second: Self) -> Bool {
        first.high != second.high ? first.high < second.high : first.low < second.low
    }

    private static func value(ofHexDigit byte: UInt8) -> UInt64? {
        switch byte {
        case 0x30...0x39: UInt64(byte - 0x30)
        case 0x61...0x66: UInt64(byte - 0x57)
        default: nil
        }
    }
}
