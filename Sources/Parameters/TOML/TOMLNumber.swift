import Values

/// Reads TOML's integers and floats.
enum TOMLNumber {
    static func value(_ text: String) -> Value? {
        var digits = Substring(text)
        let isNegative = digits.hasPrefix("-")
        let hasSign = isNegative || digits.hasPrefix("+")
        if hasSign {
            digits.removeFirst()
        }
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.hasPrefix(prefix) {
            guard !hasSign, let plain = withoutUnderscores(digits.dropFirst(2)) else { return nil }
            return IntegerText.value(plain, radix: radix)
        }
        if digits.utf8.allSatisfy({ (48...57).contains($0) || $0 == 95 }) {
            guard let plain = withoutUnderscores(digits), isCanonical(plain) else { return nil }
            return IntegerText.value(plain, radix: 10, isNegative: isNegative)
        }
        return float(digits, isNegative: isNegative)
    }

    private static func float(_ text: Substring, isNegative: Bool) -> Value? {
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        let mantissa = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = withoutUnderscores(mantissa[0]), isCanonical(whole), whole.allSatisfy(isDigit) else {
            return nil
        }
        var plain = whole
        if mantissa.count == 2 {
            guard let fraction = withoutUnderscores(mantissa[1]), fraction.allSatisfy(isDigit) else { return nil }
            plain += [UInt8(ascii: ".")] + fraction
        }
        if parts.count == 2 {
            let sign = parts[1].hasPrefix("-") ? "-" : "+"
            let digits = parts[1].hasPrefix("-") || parts[1].hasPrefix("+") ? parts[1].dropFirst() : parts[1]
            guard let exponent = withoutUnderscores(digits), exponent.allSatisfy(isDigit) else { return nil }
            plain += [UInt8(ascii: "e")] + Array(sign.utf8) + exponent
        }
        guard parts.count == 2 || mantissa.count == 2 else { return nil }
        return Double(String(decoding: plain, as: UTF8.self)).map { .float(isNegative ? -$0 : $0) }
    }

    /// The digits alone, if there are any and every underscore stands between two of them.
    private static func withoutUnderscores(_ text: Substring) -> [UInt8]? {
        let parts = text.utf8.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        return parts.flatMap { Array($0) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte)
    }

    /// Leading zeros are not allowed.
    private static func isCanonical(_ digits: [UInt8]) -> Bool {
        digits.count == 1 || digits.first != UInt8(ascii: "0")
    }
}
