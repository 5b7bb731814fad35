/// A type of tensor elements that JSON values are turned into.
protocol JSONElement: BitwiseCopyable {
    static func read(_ cursor: inout JSONCursor) throws(JSONProblem) -> Self
}

extension JSONElement where Self: FixedWidthInteger {
    @inline(__always)
    static func read(_ cursor: inout JSONCursor) throws(JSONProblem) -> Self {
        let number = try cursor.number()
        if number.isInteger, number.isExact {
            if !number.isNegative, let value = Self(exactly: number.mantissa) { return value }
            if number.isNegative, number.mantissa <= UInt64(Int64.max) + 1,
                let value = Self(exactly: Int64(truncatingIfNeeded: 0 &- number.mantissa))
            {
                return value
            }
        } else if number.isInteger,
            let value = Self(String(decoding: cursor.bytes[number.range].prefix(21), as: UTF8.self))
        {
            // More digits than the mantissa is sure to hold.
            return value
        } else if let value = Self(exactly: number.double(in: cursor.bytes)), !number.isInteger {
            // `5.0` is what some clients write for 5.
            return value
        }
        throw cursor.refusal(number, of: Self.self)
    }
}

extension JSONCursor {
    /// The error for a number that does not fit the type.
    fileprivate func refusal<Element>(_ number: JSONNumber, of type: Element.Type) -> JSONProblem {
        let text = String(decoding: bytes[number.range].prefix(40), as: UTF8.self)
        return JSONProblem("\(text) is not a value of \(type)", at: number.range.lowerBound)
    }

    @inline(__always)
    fileprivate mutating func finite<Element: BinaryFloatingPoint>(
        _ type: Element.Type
    ) throws(JSONProblem) -> Element {
        let number = try number()
        let value = Element(number.double(in: bytes))
        guard value.isFinite else { throw refusal(number, of: type) }
        return value
    }
}

extension UInt8: JSONElement {}
extension UInt16: JSONElement {}
extension UInt32: JSONElement {}
extension UInt64: JSONElement {}
extension Int8: JSONElement {}
extension Int16: JSONElement {}
extension Int32: JSONElement {}
extension Int64: JSONElement {}

extension Double: JSONElement {
    @inline(__always)
    static func read(_ cursor: inout JSONCursor) throws(JSONProblem) -> Double { try cursor.finite(Double.self) }
}

extension Float: JSONElement {
    @inline(__always)
    static func read(_ cursor: inout JSONCursor) throws(JSONProblem) -> Float { try cursor.finite(Float.self) }
}

extension Float16: JSONElement {
    static func read(_ cursor: inout JSONCursor) throws(JSONProblem) -> Float16 { try cursor.finite(Float16.self) }
}

/// The upper half of a `Float`'s bits.
struct BFloat16: JSONElement {
    let bits: UInt16

    init(_ value: Float) {
        // Round to nearest, ties to even.
        let whole = value.bitPattern
        bits = value.isNaN ? 0x7FC0 : UInt16(truncatingIfNeeded: (whole &+ 0x7FFF &+ (whole >> 16 & 1)) >> 16)
    }

    init(bits: UInt16) {
        self.bits = bits
    }

    var float: Float { Float(bitPattern: UInt32(bits) << 16) }

    static func read(_ cursor: inout JSONCursor) throws(JSONProblem) -> BFloat16 {
        let start = cursor.position
        let value = BFloat16(try cursor.finite(Float.self))
        guard value.float.isFinite else { throw JSONProblem("a number is out of the range of BF16", at: start) }
        return value
    }
}

/// A truth value in one byte; 0 and 1 are taken, too.
struct JSONBool: JSONElement {
    let byte: UInt8

    static func read(_ cursor: inout JSONCursor) throws(JSONProblem) -> JSONBool {
        switch cursor.byte {
        case UInt8(ascii: "t") where cursor.takeWord("true"): return JSONBool(byte: 1)
        case UInt8(ascii: "f") where cursor.takeWord("false"): return JSONBool(byte: 0)
        default: break
        }
        let start = cursor.position
        guard let number = try? cursor.number(), number.isInteger, number.isExact, number.mantissa <= 1,
            !number.isNegative
        else { throw JSONProblem("expected true or false", at: start) }
        return JSONBool(byte: UInt8(number.mantissa))
    }
}
