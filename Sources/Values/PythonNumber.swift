/// The text that Python gives for numbers.
package enum PythonNumber {
    /// `repr(float)`: the shortest digits that read back the same, an exponent below 1e-4 and from 1e16 on.
    package static func repr(_ number: Double) -> String {
        if number.isNaN { return "nan" }
        if number.isInfinite { return number < 0 ? "-inf" : "inf" }
        if number == 0 { return number.sign == .minus ? "-0.0" : "0.0" }
        let (digits, exponent) = decimal(number.magnitude)
        let sign = number < 0 ? "-" : ""
        if exponent < -4 || exponent >= 16 { return sign + scientific(digits, exponent) }
        return sign + positional(digits, exponent)
    }

    /// The significant digits without trailing zeros, and the power of ten of the first one.
    private static func decimal(_ number: Double) -> (digits: [Character], exponent: Int) {
        let text = number.description
        let parts = text.split(separator: "e", maxSplits: 1)
        let mantissa = parts[0]
        var exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let point = mantissa.firstIndex(of: ".") ?? mantissa.endIndex
        exponent += mantissa.distance(from: mantissa.startIndex, to: point) - 1
        var digits = mantissa.filter { $0 != "." }.map(\.self)
        while digits.count > 1, digits.first == "0" {
            digits.removeFirst()
            exponent -= 1
        }
        while digits.count > 1, digits.last == "0" { digits.removeLast() }
        return (digits, exponent)
    }

    private static func scientific(_ digits: [Character], _ exponent: Int) -> String {
        let fraction = digits.count > 1 ? "." + String(digits[1...]) : ""
        let size = String(exponent.magnitude)
        return "\(digits[0])\(fraction)e\(exponent < 0 ? "-" : "+")\(size.count < 2 ? "0" : "")\(size)"
    }

    private static func positional(_ digits: [Character], _ exponent: Int) -> String {
        if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + String(digits) }
        if digits.count <= exponent + 1 {
            return String(digits) + String(repeating: "0", count: exponent + 1 - digits.count) + ".0"
        }
        return String(digits[...exponent]) + "." + String(digits[(exponent + 1)...])
    }
}
