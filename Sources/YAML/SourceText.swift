/// The lines of a text, and how the text breaks them.
struct SourceText {
    let bytes: [UInt8]
    let lineBreak: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        let first = bytes.firstIndex(of: 0x0A) ?? 0
        lineBreak = first > 0 && bytes[first - 1] == 0x0D ? [0x0D, 0x0A] : [0x0A]
    }

    /// The start of the line that `offset` is on.
    func lineStart(_ offset: Int) -> Int {
        var index = offset
        while index > 0, bytes[index - 1] != 0x0A { index -= 1 }
        return index
    }

    /// The end of the line that `offset` is on, before its break.
    func lineEnd(_ offset: Int) -> Int {
        var index = offset
        while index < bytes.count, bytes[index] != 0x0A { index += 1 }
        if index < bytes.count, index > offset, bytes[index - 1] == 0x0D { index -= 1 }
        return index
    }

    /// The start of the line after the one that `offset` is on, or the end of the text.
    func nextLine(_ offset: Int) -> Int {
        var index = offset
        while index < bytes.count, bytes[index] != 0x0A { index += 1 }
        return min(index + 1, bytes.count)
    }

    func isBlank(_ range: Range<Int>) -> Bool {
        bytes[range].allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }

    /// Whether only blanks stand before `offset` on its line.
    func startsLine(_ offset: Int) -> Bool {
        isBlank(lineStart(offset)..<offset)
    }

    /// Whether the text ends in the middle of a line.
    var lacksFinalBreak: Bool { bytes.last.map { $0 != 0x0A } ?? false }

    func withLineBreaks(_ text: [UInt8]) -> [UInt8] {
        lineBreak == [0x0A] ? text : text.flatMap { $0 == 0x0A ? lineBreak : [$0] }
    }
}

/// New bytes for a range of the text.
struct TextPatch {
    let range: Range<Int>
    let bytes: [UInt8]

    /// Gives the changed text, nil when two patches touch the same bytes.
    static func apply(_ patches: [TextPatch], to text: [UInt8]) -> [UInt8]? {
        let ordered = patches.enumerated().sorted {
            ($0.element.range.lowerBound, $0.element.range.upperBound, $0.offset)
                < ($1.element.range.lowerBound, $1.element.range.upperBound, $1.offset)
        }
        var result: [UInt8] = []
        var position = 0
        for patch in ordered.map(\.element) {
            guard patch.range.lowerBound >= position, patch.range.upperBound <= text.count else { return nil }
            result += text[position..<patch.range.lowerBound]
            result += patch.bytes
            position = patch.range.upperBound
        }
        return result + text[position...]
    }
}
