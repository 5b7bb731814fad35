import Glibc
import Synchronization

/// Names of temporary files, `.<22 characters>.tmp`: what readers of a store pass by.
///
/// They are either new, so that no two processes share one, or derived from the name of the file to be made, so that
/// what a dead process left is found by the next that makes the same file.
package enum TemporaryNames {
    private static let letters: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    private static let seed = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))
    private static let counter = Atomic<UInt64>(0)

    /// The length of a name.
    package static let length = 27

    /// Writes a new name, without a zero byte at its end.
    package static func write(to target: UnsafeMutablePointer<UInt8>) {
        let number = counter.wrappingAdd(1, ordering: .relaxed).oldValue
        write((seed.0 &+ number &* 0x9e37_79b9_7f4a_7c15, seed.1), to: target)
    }

    /// A new name.
    package static func next() -> String {
        String(unsafeUninitializedCapacity: length) { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            write(to: base)
            return length
        }
    }

    /// The temporary name that belongs to the file of this name in the same directory.
    package static func derived(from name: some Sequence<UInt8>) -> String {
        var words: (UInt64, UInt64) = (0xcbf2_9ce4_8422_2325, 0x9e37_79b9_7f4a_7c15)
        for byte in name {
            words.0 = (words.0 ^ UInt64(byte)) &* 0x100_0000_01b3
            words.1 = (words.1 &+ UInt64(byte)) &* 0xff51_afd7_ed55_8ccd
            words.1 ^= words.1 >> 29
        }
        return String(unsafeUninitializedCapacity: length) { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            write(words, to: base)
            return length
        }
    }

    /// The temporary path that belongs to a path.
    package static func beside(_ path: String) -> String {
        let parent = Paths.parent(path)
        let name = derived(from: Paths.name(path).utf8)
        return parent.isEmpty ? name : Paths.join(parent, name)
    }

    /// Whether the name is one that this type makes.
    package static func matches(_ name: some Collection<UInt8>) -> Bool {
        name.count == length && name.first == UInt8(ascii: ".") && name.suffix(4).elementsEqual(".tmp".utf8)
    }

    private static func write(_ words: (UInt64, UInt64), to target: UnsafeMutablePointer<UInt8>) {
        var words = words
        target[0] = UInt8(ascii: ".")
        let letters = letters.utf8Start
        for position in 1...11 {
            target[position] = letters[Int(words.0 & 63)]
            target[position + 11] = letters[Int(words.1 & 63)]
            words.0 >>= 6
            words.1 >>= 6
        }
        target[23] = UInt8(ascii: ".")
        target[24] = UInt8(ascii: "t")
        target[25] = UInt8(ascii: "m")
        target[26] = UInt8(ascii: "p")
    }
}
