import Glibc
import Synchronization

/// Names of temporary files, `.<22 characters>.tmp`: what readers of a store pass by, and no two processes share.
enum TemporaryNames {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let seed = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))
    private static let counter = Atomic<UInt64>(0)

    /// The length of a name.
    static let length = 27

    /// Writes a new name, without a zero byte at its end.
    static func write(to target: UnsafeMutablePointer<UInt8>) {
        let number = counter.wrappingAdd(1, ordering: .relaxed).oldValue
        // The process number keeps the children of a fork apart.
        var words = (seed.0 &+ number &* 0x9e37_79b9_7f4a_7c15, seed.1 ^ UInt64(getpid()) << 32)
        target[0] = UInt8(ascii: ".")
        for position in 0..<22 {
            if position < 11 {
                target[position + 1] = letters[Int(words.0 & 63)]
                words.0 >>= 6
            } else {
                target[position + 1] = letters[Int(words.1 & 63)]
                words.1 >>= 6
            }
        }
        for (position, byte) in ".tmp".utf8.enumerated() { target[23 + position] = byte }
    }

    /// A new name.
    static func next() -> String {
        String(unsafeUninitializedCapacity: length) { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            write(to: base)
            return length
        }
    }

    /// Whether the name is one that this type makes.
    static func matches(_ name: some Collection<UInt8>) -> Bool {
        name.count == length && name.starts(with: ".".utf8) && name.suffix(4).elementsEqual(".tmp".utf8)
    }
}
