package import Digests

/// The name of an object: the checksum of its bytes, and whether it lists a directory.
package struct ObjectID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let digest: MD5Digest
    /// Whether the object is a directory's manifest; its text ends in `.dir`.
    package let isTree: Bool

    @inlinable
    package init(digest: MD5Digest, isTree: Bool = false) {
        self.digest = digest
        self.isTree = isTree
    }

    /// Whether the object is the file without content.
    var isEmptyFile: Bool { !isTree && digest == MD5Digest(high: 0xd41d_8cd9_8f00_b204, low: 0xe980_0998_ecf8_427e) }

    @inlinable
    package static func == (first: Self, second: Self) -> Bool {
        first.digest == second.digest && first.isTree == second.isTree
    }

    @inlinable
    package func hash(into hasher: inout Hasher) {
        hasher.combine(digest.low)
    }

    /// Parses 32 lower-case hexadecimal digits, optionally followed by `.dir`.
    package init?(_ text: some StringProtocol) {
        var text = String(text)
        guard let id = text.withUTF8({ Self(bytes: $0) }) else { return nil }
        self = id
    }

    /// Parses the same from bytes.
    init?(bytes: UnsafeBufferPointer<UInt8>) {
        let isTree = bytes.count == 36
        guard let base = bytes.baseAddress, isTree ? bytes[32...].elementsEqual(".dir".utf8) : bytes.count == 32,
            let digest = MD5Digest(hexAt: base)
        else { return nil }
        self.init(digest: digest, isTree: isTree)
    }

    package var description: String { isTree ? digest.hex + ".dir" : digest.hex }

    /// Where the object lies below the folder of its hash kind: two digits, a slash, the rest.
    package var relativePath: String {
        withRelativePath { String(cString: $0) }
    }

    @inlinable
    package static func < (first: Self, second: Self) -> Bool {
        first.digest != second.digest ? first.digest < second.digest : !first.isTree && second.isTree
    }

    /// Calls `body` with ``relativePath`` as a C string, without an allocation.
    func withRelativePath<Result>(_ body: (UnsafePointer<CChar>) throws -> Result) rethrows -> Result {
        try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 40) { buffer in
            guard let base = buffer.baseAddress else { return try body("") }
            digest.writeHex(to: base + 1)
            base[0] = base[1]
            base[1] = base[2]
            base[2] = UInt8(ascii: "/")
            var length = 33
            if isTree {
                for byte in ".dir".utf8 {
                    base[length] = byte
                    length += 1
                }
            }
            base[length] = 0
            return try UnsafeRawPointer(base).withMemoryRebound(to: CChar.self, capacity: length + 1) { try body($0) }
        }
    }
}
