import Glibc
import OrderedCollections
import Values

/// Rounds as Python's `round` does: correctly, from the exact binary value, ties to the even digit.
enum Rounding {
    /// Returns `number` with `digits` digits after the decimal point, or before it when negative.
    static func round(_ number: Double, digits: Int) -> Double {
        guard number.isFinite, number != 0, digits <= 323 else { return number }
        if digits < -308 { return number * 0 }
        if digits >= 0 { return Double(fixed(number, digits: digits)) ?? number }
        let rounded = Double(roundedInteger(number, zeros: -digits)) ?? number
        return rounded.isFinite ? rounded : number
    }

    /// Returns the value with the floats in it rounded.
    static func round(_ value: Value, digits: Int) -> Value {
        switch value {
        case .float(let number): .float(round(number, digits: digits))
        case .list(let elements): .list(elements.map { round($0, digits: digits) })
        case .map(let map): .map(map.mapValues { round($0, digits: digits) })
        default: value
        }
    }

    /// The number with a fixed count of decimals, correctly rounded.
    static func fixed(_ number: Double, digits: Int) -> String {
        let capacity = 340 + digits
        return String(unsafeUninitializedCapacity: capacity) { buffer in
            buffer.withMemoryRebound(to: CChar.self) { text in
                let count = withVaList([Int32(clamping: digits), number]) {
                    vsnprintf(text.baseAddress, capacity, "%.*f", $0)
                }
                return min(max(0, Int(count)), capacity - 1)
            }
        }
    }

    /// The number as an integer whose last `zeros` digits are rounded away.
    private static func roundedInteger(_ number: Double, zeros: Int) -> String {
        let parts = fixed(number.magnitude, digits: 1074).utf8.split(separator: UInt8(ascii: "."))
        guard let integer = parts.first.map(Array.init), parts.count == 2 else { return "0" }
        let padded = Array(repeating: UInt8(ascii: "0"), count: max(0, zeros - integer.count)) + integer
        let kept = padded.dropLast(zeros)
        let tail = padded.suffix(zeros) + parts[1]
        let half = [UInt8(ascii: "5")] + Array(repeating: UInt8(ascii: "0"), count: tail.count - 1)
        let isOdd = (kept.last ?? 48) % 2 == 1
        let goesUp = half.lexicographicallyPrecedes(tail) || (isOdd && tail.elementsEqual(half))
        let digits = String(decoding: kept, as: UTF8.self)
        let up = goesUp ? DecimalInteger.subtract("-1", from: digits.isEmpty ? "0" : digits) : digits
        return (number < 0 ? "-" : "") + up + String(repeating: "0", count: zeros)
    }
}
