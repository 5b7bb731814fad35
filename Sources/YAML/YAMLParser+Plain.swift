import Values

extension YAMLParser {
    /// Reads a plain scalar, over several lines when they are indented further than `parent`.
    mutating func plain(
        _ properties: Properties,
        isFlow: Bool,
        parent: Int
    ) throws(SyntaxError) -> YAMLNode {
        guard canStartPlain(isFlow: isFlow) else { throw error("a value cannot start with '\(character)'") }
        let start = here
        let firstEnd = plainEnd(isFlow: isFlow)
        here.position = firstEnd
        guard var breaks = try plainContinuation(isFlow: isFlow, parent: parent) else {
            return try plainNode(start, firstEnd, properties)
        }
        var folded = text(start.position, firstEnd)
        while true {
            folded += breaks == 1 ? " " : String(repeating: "\n", count: breaks - 1)
            let end = plainEnd(isFlow: isFlow)
            folded += text(here.position, end)
            here.position = end
            guard let next = try plainContinuation(isFlow: isFlow, parent: parent) else { break }
            breaks = next
        }
        if properties.tag != nil { return try scalar(folded, style: .plain, from: start, properties) }
        let resolution = Array(folded.utf8).withUnsafeBufferPointer { CoreSchema.resolution(of: $0) }
        return try plainNode(resolution, from: start, properties) { folded }
    }

    private mutating func plainNode(
        _ start: Mark,
        _ end: Int,
        _ properties: Properties
    ) throws(SyntaxError) -> YAMLNode {
        if properties.tag != nil {
            return try scalar(text(start.position, end), style: .plain, from: start, properties)
        }
        let slice = UnsafeBufferPointer(rebasing: bytes[start.position..<end])
        return try plainNode(CoreSchema.resolution(of: slice), from: start, properties) {
            String(decoding: slice, as: UTF8.self)
        }
    }

    private mutating func plainNode(
        _ resolution: CoreSchema.Resolution,
        from start: Mark,
        _ properties: Properties,
        text: () -> String
    ) throws(SyntaxError) -> YAMLNode {
        let value: Value
        switch resolution {
        case .string: value = .string(text())
        case .value(let resolved): value = resolved
        case .noSuchDate: throw error("no such date or time", at: start)
        }
        return node(.scalar(value, .plain), from: start, to: here.position, properties)
    }

    private var character: String {
        guard !isAtEnd else { return "" }
        let tail = bytes[here.position..<min(here.position + 4, bytes.count)]
        return String(String(decoding: tail, as: UTF8.self).prefix(1))
    }

    private func canStartPlain(isFlow: Bool) -> Bool {
        let next = here.position + 1
        switch current {
        case UInt8(ascii: "-"): return !isBlank(at: next)
        case UInt8(ascii: "?"), UInt8(ascii: ":"):
            return !isBlank(at: next) && !(isFlow && isFlowIndicator(byte(at: next)))
        case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
            UInt8(ascii: "#"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"), UInt8(ascii: "|"),
            UInt8(ascii: ">"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "%"), UInt8(ascii: "@"),
            UInt8(ascii: "`"), 0:
            return false
        default: return true
        }
    }

    /// The end of the plain text on this line, without blanks at its end.
    private func plainEnd(isFlow: Bool) -> Int {
        var index = here.position
        var end = index
        while index < bytes.count {
            let byte = bytes[index]
            if byte > 0x3A || byte > 0x23 && byte < 0x2C {  // the common case: letters, and some punctuation
                if isFlow, isFlowIndicator(byte) { break }
            } else if byte == 0x20 || byte == 0x09 {
                index += 1
                continue
            } else if isBreak(byte) {
                break
            } else if byte == UInt8(ascii: ":") {
                if isBlank(at: index + 1) { break }
            } else if byte == UInt8(ascii: "#") {
                if index > end { break }
            } else if isFlow, byte == UInt8(ascii: ",") {
                break
            }
            index += 1
            end = index
        }
        return end
    }

    /// Goes to the next line of a plain scalar and gives the line breaks before it; nil, going nowhere, without one.
    private mutating func plainContinuation(isFlow: Bool, parent: Int) throws(SyntaxError) -> Int? {
        let end = here
        skipSpaces()
        guard isBreak(current) else {
            here = end
            return nil
        }
        var breaks = 0
        while isBreak(current) {
            skipBreak()
            breaks += 1
            skipSpaces()
        }
        let isText = canContinuePlain(isFlow: isFlow) && (isFlow || column > parent) && !isAtDocumentMarker
        guard !isAtEnd, isText else {
            here = end
            return nil
        }
        return breaks
    }

    private func canContinuePlain(isFlow: Bool) -> Bool {
        switch current {
        case UInt8(ascii: "#"): false
        case UInt8(ascii: ":") where isBlank(at: here.position + 1): false
        default: !(isFlow && isFlowIndicator(current))
        }
    }
}
