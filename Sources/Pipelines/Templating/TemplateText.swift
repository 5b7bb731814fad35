/// A string with expressions, `${…}`, of which `\${` is the escape.
struct TemplateText {
    enum Part: Equatable {
        case text(String)
        /// What stands between the braces, as written.
        case expression(String)
    }

    private(set) var parts: [Part] = []

    /// The one expression that makes up the whole string.
    var wholeExpression: String? {
        guard parts.count == 1, case .expression(let inner) = parts[0] else { return nil }
        return inner
    }

    var hasExpressions: Bool {
        parts.contains { if case .expression = $0 { true } else { false } }
    }

    var expressions: [String] {
        parts.compactMap { if case .expression(let inner) = $0 { inner } else { nil } }
    }

    init(_ source: String) {
        let bytes = Array(source.utf8)
        var start = 0
        var index = 0
        while let dollar = bytes[index...].firstIndex(of: UInt8(ascii: "$")) {
            index = dollar + 1
            guard index < bytes.count, bytes[index] == UInt8(ascii: "{"),
                dollar == 0 || bytes[dollar - 1] != UInt8(ascii: "\\")
            else { continue }
            let end = bytes[index...].firstIndex { $0 == UInt8(ascii: "}") || $0 == 0x0A } ?? bytes.count
            guard end < bytes.count, bytes[end] == UInt8(ascii: "}") else {
                // Nothing up to there is closed.
                index = end
                continue
            }
            append(bytes[start..<dollar])
            parts.append(.expression(String(decoding: bytes[(dollar + 2)..<end], as: UTF8.self)))
            index = end + 1
            start = index
        }
        append(bytes[start...])
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>) {
        if !bytes.isEmpty {
            parts.append(.text(String(decoding: bytes, as: UTF8.self)))
        }
    }

    /// Replaces each escape with what it stands for.
    static func unescaped(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.contains(UInt8(ascii: "\\")) else { return text }
        var result: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "\\"), bytes[index...].starts(with: #"\${"#.utf8) { continue }
            result.append(byte)
        }
        return String(decoding: result, as: UTF8.self)
    }
}
