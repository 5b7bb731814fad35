/// Resolves the escapes of a Python string.
enum PythonEscapes {
    /// The text of `content`; nil if an escape stands for no character.
    static func resolve(_ content: [UInt8]) -> String? {
        var result: [UInt8] = []
        var index = 0
        while index < content.count {
            guard content[index] == UInt8(ascii: "\\"), index + 1 < content.count else {
                result.append(content[index])
                index += 1
                continue
            }
            let escape = content[index + 1]
            index += 2
            if let plain = simple[escape] {
                result += plain
                continue
            }
            switch escape {
            case UInt8(ascii: "0")...UInt8(ascii: "7"):
                index -= 1
                let digits = content[index...].prefix(3).prefix { (48...55).contains($0) }
                index += digits.count
                guard append(digits, radix: 8, to: &result) else { return nil }
            case UInt8(ascii: "x"), UInt8(ascii: "u"), UInt8(ascii: "U"):
                let count = escape == UInt8(ascii: "x") ? 2 : escape == UInt8(ascii: "u") ? 4 : 8
                let digits = content[index...].prefix(count)
                index += digits.count
                guard digits.count == count, append(digits, radix: 16, to: &result) else { return nil }
            case UInt8(ascii: "N"):
                guard let end = content[index...].firstIndex(of: UInt8(ascii: "}")),
                    content[index] == UInt8(ascii: "{"),
                    let scalar = scalar(named: content[(index + 1)..<end])
                else { return nil }
                result += Array(String(Character(scalar)).utf8)
                index = end + 1
            default:
                result += [UInt8(ascii: "\\"), escape]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static let simple: [UInt8: [UInt8]] = [
        UInt8(ascii: "\n"): [], UInt8(ascii: "\\"): [0x5C], UInt8(ascii: "'"): [0x27], UInt8(ascii: "\""): [0x22],
        UInt8(ascii: "a"): [0x07], UInt8(ascii: "b"): [0x08], UInt8(ascii: "f"): [0x0C], UInt8(ascii: "n"): [0x0A],
        UInt8(ascii: "r"): [0x0D], UInt8(ascii: "t"): [0x09], UInt8(ascii: "v"): [0x0B],
    ]

    private static func append(_ digits: ArraySlice<UInt8>, radix: Int, to result: inout [UInt8]) -> Bool {
        guard digits.allSatisfy({ IntegerText.digit($0) != nil }),
            let number = UInt32(String(decoding: digits, as: UTF8.self), radix: radix),
            let scalar = Unicode.Scalar(number)
        else { return false }
        result += Array(String(Character(scalar)).utf8)
        return true
    }

    /// Searches all characters: such escapes are rare, and there is no index by name.
    private static func scalar(named bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
        let name = String(decoding: bytes, as: UTF8.self).uppercased()
        guard !name.isEmpty else { return nil }
        for number in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(number) else { continue }
            if scalar.properties.name == name || scalar.properties.nameAlias == name { return scalar }
        }
        return nil
    }
}
