/// The characters that names of models, stages and folders may have in GTO's tags.
enum NameCharacters {
    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    /// Whether the text can name a model or a stage: letters, digits, `-`, `_` and `/`, the first and the last of them
    /// letters or digits.
    static func isName(_ text: some StringProtocol) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last else { return false }
        return isAlphanumeric(first) && isAlphanumeric(last)
            && bytes.allSatisfy { isAlphanumeric($0) || "-/_".utf8.contains($0) }
    }

    /// Whether the text can stand for a folder.
    static func isFolder(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { isAlphanumeric($0) || "-_./".utf8.contains($0) }
    }
}
