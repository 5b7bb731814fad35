import Values

extension YAMLParser {
    /// A plain scalar; its further lines must be indented by `minimum` at least.
    mutating func plain(minimum: Int, inFlow: Bool) throws(YAMLError) -> YAMLNode {
        let start = offset
        if let byte = current, "-?:".utf8.contains(byte),
            inFlow ? isFlowIndicatorOrBlank(offset + 1) : isBlank(offset + 1)
        {
            throw error("a value cannot start with this character unless in quotes", at: offset)
        }
        if let byte = current, ",]}#&!|>".utf8.contains(byte) {
            throw error("a value cannot start with this character unless in quotes", at: offset)
        }
        var text: [UInt8] = []
        var end = offset
        while true {
            let lineStart = offset
            while !isBreak(offset), !endsPlain(offset, from: lineStart, inFlow: inFlow) { offset += 1 }
            end = offset
            while end > lineStart, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
            text += bytes[lineStart..<end]
            guard isBreak(offset), let next = continuation(minimum: minimum, inFlow: inFlow) else { break }
            text += next.breaks > 1 ? [UInt8](repeating: 0x0A, count: next.breaks - 1) : [0x20]
            offset = next.offset
        }
        offset = end
        let value = text.isEmpty ? Value.null : YAMLScalar.resolve(String(decoding: text, as: UTF8.self))
        return node(.scalar(value, .plain), start..<end)
    }

    private func endsPlain(_ index: Int, from start: Int, inFlow: Bool) -> Bool {
        switch bytes[index] {
        case UInt8(ascii: ":"): isBlank(index + 1) || (inFlow && isFlowIndicatorOrBlank(index + 1))
        case UInt8(ascii: "#"): index > 0 && isBlank(index - 1)
        case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"): inFlow
        default: false
        }
    }

    /// Where the scalar goes on after the line end here, and how many line ends lie between; nil when it does not.
    private func continuation(minimum: Int, inFlow: Bool) -> (offset: Int, breaks: Int)? {
        var index = offset
        var breaks = 0
        while let byte = byte(at: index) {
            if byte == 0x0A {
                breaks += 1
            } else if byte != 0x20, byte != 0x09, byte != 0x0D {
                break
            }
            index += 1
        }
        guard index < bytes.count, breaks > 0, bytes[index] != UInt8(ascii: "#") else { return nil }
        let column = indentation(of: index)
        if inFlow { return ",[]{}:".utf8.contains(bytes[index]) ? nil : (index, breaks) }
        if column < minimum { return nil }
        if column == 0, isBlank(index + 3),
            bytes[index...].starts(with: "---".utf8) || bytes[index...].starts(with: "...".utf8)
        {
            return nil
        }
        // A line with `key: ` would be an entry that is indented wrongly; the caller reports it.
        var end = index
        while !isBreak(end) {
            if endsPlain(end, from: index, inFlow: false) {
                if bytes[end] == UInt8(ascii: ":") { return nil }
                break
            }
            end += 1
        }
        return (index, breaks)
    }

    mutating func singleQuoted() throws(YAMLError) -> YAMLNode {
        let start = offset
        offset += 1
        var text: [UInt8] = []
        while let byte = current {
            if byte == UInt8(ascii: "'") {
                if self.byte(at: offset + 1) != byte {
                    offset += 1
                    return node(.scalar(.string(String(decoding: text, as: UTF8.self)), .singleQuoted), start..<offset)
                }
                text.append(byte)
                offset += 2
            } else if isBreak(offset) {
                foldLines(into: &text, keeping: 0)
            } else {
                text.append(byte)
                offset += 1
            }
        }
        throw error("this quote has no end", at: start)
    }

    mutating func doubleQuoted() throws(YAMLError) -> YAMLNode {
        let start = offset
        offset += 1
        var text: [UInt8] = []
        var kept = 0
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                return node(.scalar(.string(String(decoding: text, as: UTF8.self)), .doubleQuoted), start..<offset)
            case UInt8(ascii: "\\"):
                offset += 1
                if isBreak(offset) {
                    skipEscapedBreak()
                } else {
                    text += try escape()
                }
                kept = text.count
            case 0x0A, 0x0D:
                foldLines(into: &text, keeping: kept)
            default:
                text.append(byte)
                offset += 1
            }
        }
        throw error("this quote has no end", at: start)
    }

    /// Joins lines within quotes: one line end is a space, more are one fewer line ends.
    private mutating func foldLines(into text: inout [UInt8], keeping kept: Int) {
        while text.count > kept, text.last == 0x20 || text.last == 0x09 { text.removeLast() }
        var breaks = 0
        while let byte = current, isBlank(offset) {
            if byte == 0x0A { breaks += 1 }
            offset += 1
        }
        text += breaks > 1 ? [UInt8](repeating: 0x0A, count: breaks - 1) : [0x20]
    }

    private mutating func skipEscapedBreak() {
        if current == 0x0D { offset += 1 }
        if current == 0x0A { offset += 1 }
        skipBlanks()
    }

    private mutating func escape() throws(YAMLError) -> [UInt8] {
        guard let byte = current else { throw error("this quote has no end", at: offset) }
        offset += 1
        switch byte {
        case UInt8(ascii: "0"): return [0]
        case UInt8(ascii: "a"): return [7]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "t"), 0x09: return [9]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "v"): return [11]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "e"): return [27]
        case UInt8(ascii: " "), UInt8(ascii: "\""), UInt8(ascii: "/"), UInt8(ascii: "\\"): return [byte]
        case UInt8(ascii: "N"): return Array("\u{85}".utf8)
        case UInt8(ascii: "_"): return Array("\u{A0}".utf8)
        case UInt8(ascii: "L"): return Array("\u{2028}".utf8)
        case UInt8(ascii: "P"): return Array("\u{2029}".utf8)
        case UInt8(ascii: "x"): return try hexadecimal(2)
        case UInt8(ascii: "u"): return try hexadecimal(4)
        case UInt8(ascii: "U"): return try hexadecimal(8)
        default: throw error("an unknown escape", at: offset - 2)
        }
    }

    private mutating func hexadecimal(_ count: Int) throws(YAMLError) -> [UInt8] {
        guard offset + count <= bytes.count,
            let code = UInt32(String(decoding: bytes[offset..<offset + count], as: UTF8.self), radix: 16)
        else { throw error("expected \(count) hexadecimal digits", at: offset) }
        offset += count
        return Array(String(UnicodeScalar(code) ?? "\u{FFFD}").utf8)
    }

    /// A literal (`|`) or folded (`>`) scalar.
    mutating func blockScalar(minimum: Int) throws(YAMLError) -> YAMLNode {
        let start = offset
        let isFolded = current == UInt8(ascii: ">")
        offset += 1
        var chomping: UInt8?
        var indent: Int?
        while let byte = current, !isBlank(offset) {
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") {
                chomping = byte
            } else if byte >= UInt8(ascii: "1"), byte <= UInt8(ascii: "9") {
                indent = max(minimum - 1, 0) + Int(byte - UInt8(ascii: "0"))
            } else {
                throw error("expected a line end after '|' or '>'", at: offset)
            }
            offset += 1
        }
        if !isLineEnd(offset) { throw error("expected a line end after '|' or '>'", at: offset) }
        while !isBreak(offset) { offset += 1 }
        let (lines, end) = blockLines(minimum: max(minimum, 1), indent: indent)
        var content = lines
        var trailing = 0
        while content.last?.isEmpty ?? false {
            content.removeLast()
            trailing += 1
        }
        var text = isFolded ? Self.folded(content) : content.joined(separator: "\n")
        if chomping == UInt8(ascii: "+") {
            text += String(repeating: "\n", count: trailing + (content.isEmpty ? 0 : 1))
        } else if chomping == nil, !content.isEmpty {
            text += "\n"
        }
        return node(.scalar(.string(text), isFolded ? .folded : .literal), start..<end)
    }

    private mutating func blockLines(minimum: Int, indent: Int?) -> (lines: [String], end: Int) {
        var indent = indent
        var lines: [String] = []
        var end = offset
        while !isAtEnd {
            var index = offset
            if byte(at: index) == 0x0D { index += 1 }
            if byte(at: index) == 0x0A { index += 1 }
            if index >= bytes.count { break }
            let lineStart = index
            while byte(at: index) == 0x20, indent.map({ index - lineStart < $0 }) ?? true { index += 1 }
            var lineEnd = index
            while !isBreak(lineEnd) { lineEnd += 1 }
            if index < lineEnd {
                let column = index - lineStart
                if indent == nil, column >= minimum { indent = column }
                guard let indent, column >= indent else { break }
                lines.append(String(decoding: bytes[(lineStart + indent)..<lineEnd], as: UTF8.self))
                end = lineEnd
            } else {
                lines.append("")
            }
            offset = lineEnd
        }
        return (lines, end)
    }

    private static func folded(_ lines: [String]) -> String {
        var text = ""
        var pending = 0
        var previousIsMore = true
        for (index, line) in lines.enumerated() {
            if line.isEmpty {
                pending += 1
                continue
            }
            let isMore = line.first == " " || line.first == "\t"
            if index > 0 {
                if isMore || previousIsMore {
                    text += String(repeating: "\n", count: pending + (text.isEmpty ? 0 : 1))
                } else {
                    text += pending > 0 ? String(repeating: "\n", count: pending) : " "
                }
            }
            text += line
            pending = 0
            previousIsMore = isMore
        }
        return text
    }
}
