import Values

extension YAMLParser {
    private enum Chomping {
        case strip
        case clip
        case keep
    }

    /// Reads `|` or `>` text, indented further than `parent`.
    mutating func blockScalar(parent: Int, _ properties: Properties) throws(SyntaxError) -> YAMLNode {
        let start = here
        let isFolded = current == UInt8(ascii: ">")
        here.position += 1
        let (chomping, increment) = try blockHeader()
        var end = here.position
        lastTokenLine = here.line
        skipLine()
        let indent: Int
        if let increment {
            indent = max(parent, 0) + increment
        } else {
            indent = try detectedIndent(parent: parent)
        }
        var text: [UInt8] = []
        var pendingBreaks = 0  // line breaks since the last line of text
        var previousIsSpaced = false
        var hasText = false
        var endsWithBreak = false
        while let (lineStart, lineEnd) = textLine(indent: indent) {
            if lineStart == lineEnd {
                pendingBreaks += isBlankLine(lineStart) ? 1 : 0
                if chomping == .keep { end = lineEnd }
                skipLine()
                continue
            }
            let isSpaced = bytes[lineStart] == 0x20 || bytes[lineStart] == 0x09
            appendBreaks(pendingBreaks, to: &text, hasText: hasText, folds: isFolded && !isSpaced && !previousIsSpaced)
            text += bytes[lineStart..<lineEnd]
            pendingBreaks = 0
            previousIsSpaced = isSpaced
            hasText = true
            end = lineEnd
            lastTokenLine = here.line
            here.position = lineEnd
            endsWithBreak = !isAtEnd
            skipLine()
            if endsWithBreak { pendingBreaks = 1 }
        }
        let trailing = chomping == .strip ? 0 : chomping == .clip ? (hasText && endsWithBreak ? 1 : 0) : pendingBreaks
        text += repeatElement(0x0A, count: trailing)
        let after = here
        here.position = end
        let node = try scalar(
            String(decoding: text, as: UTF8.self),
            style: isFolded ? .folded : .literal,
            from: start,
            properties
        )
        here = after
        return node
    }

    private func appendBreaks(_ count: Int, to text: inout [UInt8], hasText: Bool, folds: Bool) {
        if !folds || !hasText {
            text += repeatElement(0x0A, count: count)
        } else if count == 1 {
            text.append(0x20)
        } else {
            text += repeatElement(0x0A, count: max(0, count - 1))
        }
    }

    private mutating func blockHeader() throws(SyntaxError) -> (Chomping, Int?) {
        var chomping: Chomping?
        var increment: Int?
        while true {
            switch current {
            case UInt8(ascii: "+") where chomping == nil: chomping = .keep
            case UInt8(ascii: "-") where chomping == nil: chomping = .strip
            case UInt8(ascii: "1")...UInt8(ascii: "9") where increment == nil:
                increment = Int(current - UInt8(ascii: "0"))
            default:
                try endHeader()
                return (chomping ?? .clip, increment)
            }
            here.position += 1
        }
    }

    private mutating func endHeader() throws(SyntaxError) {
        let end = here.position
        var index = end
        while byte(at: index) == 0x20 || byte(at: index) == 0x09 { index += 1 }
        let isComment = byte(at: index) == UInt8(ascii: "#") && index > end
        guard isComment || index >= bytes.count || isBreak(byte(at: index)) else {
            throw error("unexpected text after '|' or '>'")
        }
    }

    /// Goes to the start of the next line.
    private mutating func skipLine() {
        while !isAtEnd, !isBreak(current) { here.position += 1 }
        if !isAtEnd { skipBreak() }
    }

    /// The indentation of the first line with text, or of the longest blank line when there is none.
    private func detectedIndent(parent: Int) throws(SyntaxError) -> Int {
        var index = here.position
        var longest = 0
        while true {
            let lineStart = index
            while byte(at: index) == 0x20 { index += 1 }
            let width = index - lineStart
            guard isBreak(byte(at: index)) else {
                if index >= bytes.count { return max(longest, width, parent + 1) }
                if width > parent, longest > width {
                    throw error("a blank line is indented further than the text after it")
                }
                return max(width, parent + 1)
            }
            longest = max(longest, width)
            index += byte(at: index) == 0x0D && byte(at: index + 1) == 0x0A ? 2 : 1
        }
    }

    /// The text of this line after its indentation, nil when the line is outside the scalar.
    private func textLine(indent: Int) -> (start: Int, end: Int)? {
        guard !isAtEnd else { return nil }
        var index = here.position
        while index - here.position < indent, byte(at: index) == 0x20 { index += 1 }
        let isIndented = index - here.position == indent
        var end = index
        while end < bytes.count, !isBreak(bytes[end]) { end += 1 }
        if isIndented, !(indent == 0 && isAtDocumentMarker) { return (index, end) }
        return index < bytes.count && isBreak(bytes[index]) ? (index, index) : nil
    }

    private func isBlankLine(_ offset: Int) -> Bool {
        offset < bytes.count && isBreak(bytes[offset])
    }
}
