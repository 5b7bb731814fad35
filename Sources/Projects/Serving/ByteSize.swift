/// Sizes as people write them: `4096`, `64kB`, `512MB`, `2GiB`.
package enum ByteSize {
    package static func parse(_ text: String) -> Int? {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let value = Double(number), value.isFinite, value >= 0, value <= 1e15 else { return nil }
        let unit: Double
        switch text.dropFirst(number.count).drop(while: { $0 == " " }).lowercased() {
        case "", "b": unit = 1
        case "k", "kb": unit = 1e3
        case "m", "mb": unit = 1e6
        case "g", "gb": unit = 1e9
        case "t", "tb": unit = 1e12
        case "ki", "kib": unit = 1024
        case "mi", "mib": unit = 1_048_576
        case "gi", "gib": unit = 1_073_741_824
        default: return nil
        }
        let bytes = (value * unit).rounded()
        return bytes <= 1e15 ? Int(bytes) : nil
    }
}
