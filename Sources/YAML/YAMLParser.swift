import Values

/// Reads the nodes of one document by recursive descent over the bytes.
struct YAMLParser {
    static let depthLimit = 200
    static let expansionLimit = 200_000
    /// Mappings of fewer keys are searched for an equal one, others get a set.
    static let searchedCount = 12

    /// A position with its line, to go back to.
    struct Mark {
        var position: Int
        var line: Int
        var lineStart: Int
    }

    /// A node that aliases name, with the nodes in it and its height.
    struct Anchored {
        let node: YAMLNode
        let count: Int
        let height: Int
    }

    let bytes: UnsafeBufferPointer<UInt8>
    let isASCII: Bool
    var here = Mark(position: 0, line: 1, lineStart: 0)
    /// The line on which the last token ended: nothing else may follow a value there.
    var lastTokenLine = 0
    var depth = 0
    var expansion = 0
    var anchors: [String: Anchored] = [:]
    var tagHandles: [String: String] = [:]
    /// Where the anchor and tag before an empty node end.
    var propertiesEnd: Mark?

    init(bytes: UnsafeBufferPointer<UInt8>, isASCII: Bool) {
        self.bytes = bytes
        self.isASCII = isASCII
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            here.position = 3
            here.lineStart = 3
        }
    }

    /// The byte at an offset, 0 beyond the end: the text itself has no NUL.
    @inline(__always)
    func byte(at offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    @inline(__always)
    var current: UInt8 { byte(at: here.position) }
    var column: Int { here.position - here.lineStart }
    var isAtEnd: Bool { here.position >= bytes.count }

    /// Whether the byte ends a token: a space, a tab, a line break or the end of the text.
    @inline(__always)
    func isBlank(at offset: Int) -> Bool {
        let byte = byte(at: offset)
        return byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 || byte == 0
    }

    @inline(__always)
    func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    mutating func skipBreak() {
        here.position += current == 0x0D && byte(at: here.position + 1) == 0x0A ? 2 : 1
        here.line += 1
        here.lineStart = here.position
    }

    mutating func skipSpaces() {
        while current == 0x20 || current == 0x09 { here.position += 1 }
    }

    private mutating func skipToBreak() {
        while !isAtEnd, !isBreak(current) { here.position += 1 }
    }

    /// Goes over blanks, comments and line breaks to the next token; tells whether a line break was among them.
    mutating func skipToToken() throws(SyntaxError) -> Bool {
        var crossed = false
        while true {
            let start = here.position
            while current == 0x20 { here.position += 1 }
            let hasTab = current == 0x09
            skipSpaces()
            switch current {
            case UInt8(ascii: "#"):
                skipToBreak()
            case 0x0A, 0x0D:
                skipBreak()
                crossed = true
            default:
                if hasTab, start == here.lineStart, !isAtEnd { throw error("a tab cannot indent") }
                return crossed
            }
        }
    }

    /// Whether `---` or `...` stands here at the start of a line.
    var isAtDocumentMarker: Bool {
        guard column == 0, isBlank(at: here.position + 3) else { return false }
        let first = current
        return (first == UInt8(ascii: "-") || first == UInt8(ascii: "."))
            && byte(at: here.position + 1) == first && byte(at: here.position + 2) == first
    }

    func text(_ start: Int, _ end: Int) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
    }

    func error(_ message: String, at mark: Mark? = nil) -> SyntaxError {
        let mark = mark ?? here
        return SyntaxError(message: message, line: mark.line, column: characterColumn(mark))
    }

    func characterColumn(_ mark: Mark) -> Int {
        let width = mark.position - mark.lineStart
        guard !isASCII, width > 0 else { return width + 1 }
        let end = min(mark.position, bytes.count)
        return bytes[mark.lineStart..<end].reduce(into: 1) { $0 += $1 & 0xC0 == 0x80 ? 0 : 1 }
    }

    mutating func enter() throws(SyntaxError) {
        depth += 1
        guard depth <= Self.depthLimit else { throw error("more than \(Self.depthLimit) levels of nesting") }
    }

    mutating func leave() { depth -= 1 }
}
