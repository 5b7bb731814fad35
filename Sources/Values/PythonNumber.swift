import Glibc

/// Writes and reads numbers as Python does.
package enum PythonNumber {
    /// The longest decimal integer that Python converts from and to text.
    static let digitLimit = 4300

    /// Gives Python's `repr`: the shortest digits that read back, `1e-05`, `1e+16`, `100000.0`, `nan`, `-inf`.
    package static func repr(_ number: Double) -> String {
        if number.isNaN { return "nan" }
        if number.isInfinite { return number < 0 ? "-inf" : "inf" }
        let sign = number.sign == .minus ? "-" : ""
        if number == 0 { return sign + "0.0" }
        let (digits, point) = shortestDigits(number.magnitude)
        if point <= -4 || point > 16 { return sign + scientific(digits, exponent: point - 1) }
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        if point >= digits.count {
            return sign + digits + String(repeating: "0", count: point - digits.count) + ".0"
        }
        return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    }

    /// The significant digits, and how many of them stand before the decimal point.
    private static func shortestDigits(_ number: Double) -> (digits: String, point: Int) {
        let parts = number.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let fraction = mantissa.count > 1 ? mantissa[1] : ""
        let all = mantissa[0] + fraction
        let significant = all.drop { $0 == "0" }
        let point = mantissa[0].count + exponent - (all.count - significant.count)
        let end = significant.lastIndex { $0 != "0" } ?? significant.startIndex
        return (String(significant[...end]), point)
    }

    private static func scientific(_ digits: String, exponent: Int) -> String {
        let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
        let size = String(abs(exponent))
        return digits.prefix(1) + fraction + "e" + (exponent < 0 ? "-" : "+") + (size.count < 2 ? "0" : "") + size
    }

    /// Gives the integer that `text` names in `radix`, or nil when it is none or has more than 4300 digits.
    ///
    /// `text` is an optional sign and digits without a prefix.
    package static func integer(_ text: some StringProtocol, radix: Int = 10) -> Value? {
        if let number = Int(text, radix: radix) { return .int(number) }
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        let hasSign = isNegative || text.utf8.first == UInt8(ascii: "+")
        let digits = text.utf8.dropFirst(hasSign ? 1 : 0).drop { $0 == UInt8(ascii: "0") }
        guard !digits.isEmpty, digits.count <= digitLimit else { return nil }
        guard digits.allSatisfy({ $0.hexDigit.map { $0 < radix } ?? false }) else { return nil }
        let sign = isNegative ? "-" : ""
        if radix == 10 { return .bigInt(sign + String(decoding: digits, as: UTF8.self)) }
        let decimal = decimalDigits(of: digits.lazy.map { $0.hexDigit ?? 0 }, radix: UInt32(radix))
        return .bigInt(sign + decimal)
    }

    private static func decimalDigits(of digits: some Sequence<UInt32>, radix: UInt32) -> String {
        var limbs: [UInt64] = []  // least significant first, nine decimal digits each
        for digit in digits {
            var carry = UInt64(digit)
            for index in limbs.indices {
                carry += limbs[index] * UInt64(radix)
                limbs[index] = carry % 1_000_000_000
                carry /= 1_000_000_000
            }
            if carry > 0 { limbs.append(carry) }
        }
        var text = ""
        for limb in limbs.reversed() {
            let part = String(limb)
            text += (text.isEmpty ? "" : String(repeating: "0", count: 9 - part.count)) + part
        }
        return text
    }

    /// Gives the decimal digits of a number without a fraction, exactly; nil for other numbers.
    static func integerText(_ number: Double) -> String? {
        guard number.isFinite, number.rounded() == number else { return nil }
        var buffer = [CChar](repeating: 0, count: 400)
        let length = withVaList([number]) { vsnprintf(&buffer, buffer.count, "%.0f", $0) }
        return String(decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
