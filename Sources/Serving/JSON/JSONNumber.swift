import Glibc

/// A number as the text has it: `mantissa` times ten to the `exponent`.
package struct JSONNumber {
    package var isNegative = false
    package var mantissa: UInt64 = 0
    package var exponent = 0
    /// Whether it is written without fraction and exponent.
    package var isInteger = true
    /// Whether `mantissa` has all digits.
    package var isExact = true
    package var range = 0..<0

    /// The powers of ten that a `Double` has exactly.
    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// The nearest `Double`; infinite when the number is beyond its range.
    @inline(__always)
    package func double(in bytes: UnsafeRawBufferPointer) -> Double {
        // Both operands are exact, so the result is rounded once (Clinger's fast path).
        if isExact, mantissa <= 1 << 53, exponent >= -22, exponent <= 22 {
            let magnitude = Double(mantissa)
            let value =
                if exponent == 0 { magnitude } else {
                    Self.powers.withUnsafeBufferPointer {
                        exponent < 0 ? magnitude / $0[-exponent] : magnitude * $0[exponent]
                    }
                }
            return isNegative ? -value : value
        }
        return slowDouble(in: bytes)
    }

    @inline(never)
    private func slowDouble(in bytes: UnsafeRawBufferPointer) -> Double {
        let text = UnsafeRawBufferPointer(rebasing: bytes[range])
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: text.count + 1) { copy in
            for index in 0..<text.count { copy[index] = CChar(bitPattern: text[index]) }
            copy[text.count] = 0
            guard let start = copy.baseAddress else { return 0 }
            return strtod(start, nil)
        }
    }
}

extension JSONCursor {
    /// Reads the number here.
    @inline(__always)
    package mutating func number() throws(JSONProblem) -> JSONNumber {
        var number = JSONNumber()
        let start = position
        if byte == UInt8(ascii: "-") {
            number.isNegative = true
            position += 1
        }
        let firstDigit = position
        var digits = digitRun(&number)
        guard digits > 0 else {
            position = start
            throw unexpected("a number")
        }
        if digits > 1, bytes[firstDigit] == UInt8(ascii: "0") {
            position = start
            throw problem("a number may not start with 0 and further digits")
        }
        if byte == UInt8(ascii: ".") {
            position += 1
            number.isInteger = false
            let fraction = digitRun(&number)
            guard fraction > 0 else { throw unexpected("a digit after the point") }
            number.exponent = -fraction
            digits += fraction
        }
        if byte | 0x20 == UInt8(ascii: "e") { try exponent(&number) }
        if digits > 19 { number.isExact = false }
        number.range = start..<position
        return number
    }

    /// Adds digits to the mantissa, which wraps round after the 19th.
    @inline(__always)
    private mutating func digitRun(_ number: inout JSONNumber) -> Int {
        let start = position
        var mantissa = number.mantissa
        while position < bytes.count {
            let digit = bytes[position] &- UInt8(ascii: "0")
            if digit > 9 { break }
            mantissa = mantissa &* 10 &+ UInt64(digit)
            position += 1
        }
        number.mantissa = mantissa
        return position - start
    }

    private mutating func exponent(_ number: inout JSONNumber) throws(JSONProblem) {
        position += 1
        number.isInteger = false
        let isNegative = byte == UInt8(ascii: "-")
        if isNegative || byte == UInt8(ascii: "+") { position += 1 }
        let start = position
        var exponent = 0
        while position < bytes.count {
            let digit = bytes[position] &- UInt8(ascii: "0")
            if digit > 9 { break }
            // Beyond this the slow path decides in any case.
            if exponent < 100_000 { exponent = exponent * 10 + Int(digit) }
            position += 1
        }
        guard position > start else { throw unexpected("a digit of the exponent") }
        number.exponent += isNegative ? -exponent : exponent
    }
}
