/// Arithmetic on integers beyond 64 bits, as decimal digits with an optional leading minus.
enum DecimalInteger {
    /// Returns `new - old`.
    static func subtract(_ old: String, from new: String) -> String {
        let (newIsNegative, new) = split(new)
        let (oldIsNegative, old) = split(old)
        if newIsNegative != oldIsNegative { return text(add(new, old), isNegative: newIsNegative) }
        if isLess(new, old) { return text(subtract(new, fromLarger: old), isNegative: !newIsNegative) }
        return text(subtract(old, fromLarger: new), isNegative: newIsNegative)
    }

    /// The sign and the digits, the least significant one first.
    private static func split(_ text: String) -> (isNegative: Bool, digits: [UInt8]) {
        (text.hasPrefix("-"), trimmed(text.utf8.reversed().filter { $0 != UInt8(ascii: "-") }.map { $0 &- 48 }))
    }

    private static func trimmed(_ digits: [UInt8]) -> [UInt8] {
        var digits = digits
        while digits.last == 0 { digits.removeLast() }
        return digits
    }

    private static func text(_ digits: [UInt8], isNegative: Bool) -> String {
        guard !digits.isEmpty else { return "0" }
        return (isNegative ? "-" : "") + digits.reversed().map(String.init).joined()
    }

    private static func isLess(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count
            ? left.reversed().lexicographicallyPrecedes(right.reversed()) : left.count < right.count
    }

    private static func add(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        var sum: [UInt8] = []
        var carry: UInt8 = 0
        for place in 0..<max(left.count, right.count) {
            let digit = (place < left.count ? left[place] : 0) + (place < right.count ? right[place] : 0) + carry
            sum.append(digit % 10)
            carry = digit / 10
        }
        return trimmed(sum + [carry])
    }

    private static func subtract(_ small: [UInt8], fromLarger large: [UInt8]) -> [UInt8] {
        var rest: [UInt8] = []
        var borrow: UInt8 = 0
        for place in large.indices {
            let taken = (place < small.count ? small[place] : 0) + borrow
            borrow = large[place] < taken ? 1 : 0
            rest.append(large[place] + borrow * 10 - taken)
        }
        return trimmed(rest)
    }
}
