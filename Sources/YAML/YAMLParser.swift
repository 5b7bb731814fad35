import Values

/// Reads one document from bytes into nodes; no text is copied but that of scalars.
struct YAMLParser {
    let bytes: [UInt8]
    var offset = 0
    private let lineStarts: [Int]
    private var anchors: [String: YAMLNode] = [:]
    /// How many nodes aliases have repeated so far.
    private var repeated = 0

    static let depthLimit = 200
    static let repetitionLimit = 1_000_000

    init(_ source: [UInt8]) throws(YAMLError) {
        bytes = source
        var starts = [0]
        for (index, byte) in source.enumerated() where byte == 0x0A { starts.append(index + 1) }
        lineStarts = starts
        if source.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
        try checkCharacters()
    }

    private func checkCharacters() throws(YAMLError) {
        for (index, byte) in bytes.enumerated() where byte < 0x20 || byte == 0x7F {
            if byte != 0x09, byte != 0x0A, byte != 0x0D { throw error("a control character", at: index) }
        }
        let isUTF8 = bytes.withUnsafeBufferPointer { String(validating: $0, as: UTF8.self) != nil }
        if !isUTF8 { throw error("the file is not UTF-8 text", at: 0) }
    }

    mutating func document() throws(YAMLError) -> YAMLNode? {
        try skipDirectives()
        skipToContent()
        if isAtEnd || isDocumentEnd { return nil }
        let node = try block(minimum: 0, depth: 0)
        skipToContent()
        if !isAtEnd, !isDocumentEnd { throw error("text that belongs to nothing", at: offset) }
        if isMarker("---"), offset > 0 { throw error("a second document", at: offset) }
        return node
    }

    // MARK: Places

    func error(_ message: String, at index: Int) -> YAMLError {
        let place = place(of: min(index, bytes.count))
        return YAMLError(message: message, line: place.line, column: place.column)
    }

    func place(of index: Int) -> (line: Int, column: Int) {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= index { low = middle } else { high = middle }
        }
        return (low + 1, index - lineStarts[low] + 1)
    }

    /// The column of `index`, from 0.
    func indentation(of index: Int) -> Int { place(of: index).column - 1 }

    func node(_ content: YAMLNode.Content, _ range: Range<Int>) -> YAMLNode {
        let place = place(of: range.lowerBound)
        return YAMLNode(content: content, range: range, line: place.line, column: place.column)
    }

    // MARK: Bytes

    var isAtEnd: Bool { offset >= bytes.count }
    func byte(at index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }
    var current: UInt8? { byte(at: offset) }

    func isBlank(_ index: Int) -> Bool {
        guard let byte = byte(at: index) else { return true }
        return byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    func isBreak(_ index: Int) -> Bool {
        guard let byte = byte(at: index) else { return true }
        return byte == 0x0A || byte == 0x0D
    }

    mutating func skipBlanks() {
        while let byte = current, byte == 0x20 || byte == 0x09 { offset += 1 }
    }

    /// Passes over white space, line ends and comments.
    mutating func skipToContent() {
        while let byte = current {
            if byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
                offset += 1
            } else if byte == UInt8(ascii: "#"), offset == 0 || isBlank(offset - 1) {
                while !isBreak(offset) { offset += 1 }
            } else {
                return
            }
        }
    }

    /// Whether only white space or a comment follows on the line.
    func isLineEnd(_ index: Int) -> Bool {
        var index = index
        let start = index
        while let byte = byte(at: index), byte == 0x20 || byte == 0x09 { index += 1 }
        if isBreak(index) { return true }
        return bytes[index] == UInt8(ascii: "#") && (index > start || isBlank(index - 1))
    }

    func isMarker(_ marker: String) -> Bool {
        bytes[offset...].starts(with: marker.utf8) && indentation(of: offset) == 0 && isBlank(offset + 3)
    }

    var isDocumentEnd: Bool { isMarker("---") || isMarker("...") }

    private mutating func skipDirectives() throws(YAMLError) {
        skipToContent()
        while current == UInt8(ascii: "%") {
            while !isBreak(offset) { offset += 1 }
            skipToContent()
        }
        if isMarker("---") { offset += 3 }
    }

    // MARK: Anchors

    mutating func remember(_ node: YAMLNode, as name: String?) {
        if let name { anchors[name] = node }
    }

    mutating func alias() throws(YAMLError) -> YAMLNode {
        let start = offset
        offset += 1
        let name = name()
        guard let target = anchors[name] else { throw error("an alias of an unknown anchor '\(name)'", at: start) }
        repeated += target.count
        if repeated > Self.repetitionLimit { throw error("aliases repeat too much", at: start) }
        var copy = node(target.content, start..<offset)
        copy.isAlias = true
        return copy
    }

    /// The name of an anchor or alias.
    mutating func name() -> String {
        let start = offset
        while !isBlank(offset), let byte = current, !",[]{}".utf8.contains(byte) { offset += 1 }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }
}

extension YAMLNode {
    /// The nodes in this one, itself included; stops counting past the limit that matters.
    var count: Int {
        switch content {
        case .scalar: return 1
        case .sequence(let nodes, _):
            return nodes.reduce(1) { $0 > YAMLParser.repetitionLimit ? $0 : $0 + $1.count }
        case .mapping(let pairs, _):
            return pairs.reduce(1) { $0 > YAMLParser.repetitionLimit ? $0 : $0 + $1.value.count + 1 }
        }
    }
}
