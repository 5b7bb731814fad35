/// What Kubernetes takes for a name of some kind.
package enum Names {
    /// Whether a Service may have the name: small letters, digits and `-`, a letter first, up to 63 characters.
    static func isServiceName(_ text: String) -> Bool {
        guard let first = text.utf8.first, isSmall(first) else { return false }
        return isLabelName(text)
    }

    /// Whether a namespace may have the name.
    package static func isLabelName(_ text: String) -> Bool {
        let isFit = text.utf8.allSatisfy { isSmall($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
        return isFit && (1...63).contains(text.utf8.count) && !text.hasPrefix("-") && !text.hasSuffix("-")
    }

    /// Whether most objects, or a host, may have the name: such names with dots between them.
    static func isObjectName(_ text: String) -> Bool {
        text.utf8.count <= 253
            && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
                let isFit = part.utf8.allSatisfy { isSmall($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
                return isFit && !part.isEmpty && !part.hasPrefix("-") && !part.hasSuffix("-")
            }
    }

    /// Whether it is a host's name, which may have `*` for its first part.
    static func isHost(_ text: String) -> Bool {
        isObjectName(text.hasPrefix("*.") ? String(text.dropFirst(2)) : text)
    }

    /// Whether it may be the key of a label or an annotation.
    static func isQualified(_ text: String) -> Bool {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let name = parts.last, !name.isEmpty, isLabelValue(name) else { return false }
        return parts.count == 1 || isObjectName(parts[0])
    }

    /// Whether it may be the value of a label.
    static func isLabelValue(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return true }
        let isFit = text.utf8.allSatisfy { isWord($0) || [UInt8(ascii: "-"), UInt8(ascii: "."), 0x5F].contains($0) }
        return isFit && text.utf8.count <= 63 && isWord(first) && isWord(last)
    }

    /// Whether it may be the name of a variable.
    static func isVariable(_ text: String) -> Bool {
        guard let first = text.utf8.first, !isDigit(first) else { return false }
        return text.utf8.allSatisfy { isWord($0) || [UInt8(ascii: "-"), UInt8(ascii: "."), 0x5F].contains($0) }
    }

    /// Whether it is an amount of a resource: `2`, `500m`, `1.5`, `4Gi`.
    static func isQuantity(_ text: String) -> Bool {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let units = ["", "m", "k", "M", "G", "T", "Ki", "Mi", "Gi", "Ti"]
        guard let amount = Double(number), number.first != ".", number.last != ".", amount <= 1e15 else { return false }
        return units.contains(String(text.dropFirst(number.count)))
    }

    /// The text as the value of a label, with `-` for what it may not hold.
    package static func labelValue(_ text: String) -> String {
        let plain = text.utf8.map { isWord($0) || $0 == UInt8(ascii: ".") || $0 == 0x5F ? $0 : UInt8(ascii: "-") }
        let isEdge: (UInt8) -> Bool = { !isWord($0) }
        let cut = plain.drop(while: isEdge).prefix(63)
        return String(decoding: cut.reversed().drop(while: isEdge).reversed(), as: UTF8.self)
    }

    private static func isSmall(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    private static func isWord(_ byte: UInt8) -> Bool { isSmall(byte | 0x20) && byte < 0x80 || isDigit(byte) }
}
