import Values

/// Reads Python's integers and floats; imaginary numbers are no values.
enum PythonNumberLiteral {
    static func value(_ text: String) -> Value? {
        let parts = text.utf8.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        let plain = parts.flatMap { Array($0) }
        if plain.count > 2, plain[0] == UInt8(ascii: "0") {
            switch plain[1] {
            case UInt8(ascii: "x"), UInt8(ascii: "X"): return IntegerText.value(plain[2...], radix: 16)
            case UInt8(ascii: "o"), UInt8(ascii: "O"): return IntegerText.value(plain[2...], radix: 8)
            case UInt8(ascii: "b"), UInt8(ascii: "B"): return IntegerText.value(plain[2...], radix: 2)
            default: break
            }
        }
        if plain.allSatisfy({ (48...57).contains($0) }) {
            let isCanonical = plain[0] != UInt8(ascii: "0") || plain.allSatisfy { $0 == UInt8(ascii: "0") }
            return isCanonical ? IntegerText.value(plain, radix: 10) : nil
        }
        guard plain.allSatisfy({ (48...57).contains($0) || ".eE+-".utf8.contains($0) }) else { return nil }
        return Double(String(decoding: plain, as: UTF8.self)).map { .float($0) }
    }
}
