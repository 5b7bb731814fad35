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
        return PythonNumber.integer((isNegative ? "-" : "") + text, radix: radix)
    }

    static func digit(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte) - 48
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte) - 87
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte) - 55
        default: nil
        }
    }
}
