import Values

/// Turns digits of any base into integers of any size.
enum IntegerText {
    /// Python refuses to read longer ones.
    static let longest = 4300

    /// The integer that `digits`, without underscores, denote in `radix`; nil if one is no digit or there are too many.
    static func value(_ digits: some Collection<UInt8>, radix: Int, isNegative: Bool = false) -> Value? {
        guard !digits.isEmpty, digits.count <= longest else { return nil }
        let text = String(decoding: digits, as: UTF8.self)
        guard text.utf8.allSatisfy({ digit($0).map { $0 < radix } ?? false }) else { return nil }
        if let number = Int((isNegative ? "-" : "") + text, radix: radix) {
            return .int(number)
        }
        let decimal = radix == 10 ? String(text.drop { $0 == "0" }) : decimal(digits, radix: radix)
        return .bigInt((isNegative ? "-" : "") + decimal)
    }

    static func digit(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte) - 48
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte) - 87
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte) - 55
        default: nil
        }
    }

    /// Multiplies and adds in groups of nine decimal digits.
    private static func decimal(_ digits: some Collection<UInt8>, radix: Int) -> String {
        var groups: [Int] = [0]
        for byte in digits {
            var carry = digit(byte) ?? 0
            for index in groups.indices {
                let sum = groups[index] * radix + carry
                groups[index] = sum % 1_000_000_000
                carry = sum / 1_000_000_000
            }
            if carry > 0 {
                groups.append(carry)
            }
        }
        let tail = groups.dropLast().reversed().map { String(String($0 + 1_000_000_000).dropFirst()) }
        return String(groups[groups.count - 1]) + tail.joined()
    }
}
