/// A set of bytes, as a bracket expression names it.
struct ByteSet: Hashable, Sendable {
    private var words: SIMD4<UInt64> = .zero

    func contains(_ byte: UInt8) -> Bool {
        words[Int(byte >> 6)] & (1 << UInt64(byte & 63)) != 0
    }

    mutating func insert(_ byte: UInt8) {
        words[Int(byte >> 6)] |= 1 << UInt64(byte & 63)
    }

    mutating func insert(_ range: ClosedRange<UInt8>) {
        for byte in range { insert(byte) }
    }

    mutating func remove(_ byte: UInt8) {
        words[Int(byte >> 6)] &= ~(1 << UInt64(byte & 63))
    }

    /// The bytes that are not in the set.
    var complement: ByteSet {
        var result = self
        result.words = ~words
        return result
    }

    /// Adds the bytes of a POSIX class such as `alpha`; tells whether there is such a class.
    mutating func insert(classNamed name: String) -> Bool {
        let ranges: [ClosedRange<Unicode.Scalar>]
        switch name {
        case "alnum": ranges = ["a"..."z", "A"..."Z", "0"..."9"]
        case "alpha": ranges = ["a"..."z", "A"..."Z"]
        case "blank": ranges = [" "..." ", "\t"..."\t"]
        case "cntrl": ranges = ["\0"..."\u{1F}", "\u{7F}"..."\u{7F}"]
        case "digit": ranges = ["0"..."9"]
        case "graph": ranges = ["!"..."~"]
        case "lower": ranges = ["a"..."z"]
        case "print": ranges = [" "..."~"]
        case "punct": ranges = ["!"..."/", ":"..."@", "["..."`", "{"..."~"]
        case "space": ranges = ["\t"..."\r", " "..." "]
        case "upper": ranges = ["A"..."Z"]
        case "xdigit": ranges = ["0"..."9", "a"..."f", "A"..."F"]
        default: return false
        }
        for range in ranges { insert(UInt8(ascii: range.lowerBound)...UInt8(ascii: range.upperBound)) }
        return true
    }
}
