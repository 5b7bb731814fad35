import Values

extension YAMLParser {
    /// The anchor and tag before a node.
    struct Properties {
        var anchor: String?
        var tag: String?
        var start: Mark?

        var isEmpty: Bool { start == nil }
        var marks: YAMLNode.Marks {
            var marks: YAMLNode.Marks = []
            if anchor != nil { marks.insert(.anchor) }
            if tag != nil { marks.insert(.tag) }
            return marks
        }
    }

    /// Makes a node that ends here, and keeps it when it has an anchor.
    mutating func node(
        _ kind: YAMLNode.Kind,
        from start: Mark,
        to end: Int,
        _ properties: Properties
    ) -> YAMLNode {
        let node = YAMLNode(
            kind: kind,
            firstByte: UInt32(start.position),
            endByte: UInt32(end),
            propertiesByte: UInt32((properties.start ?? start).position),
            lineNumber: UInt32(start.line),
            columnNumber: UInt32(characterColumn(start)),
            indicatorByte: UInt32(start.position),
            marks: properties.marks
        )
        if let anchor = properties.anchor {
            anchors[anchor] = Anchored(node: node, count: node.nodeCount, height: node.height)
        }
        return node
    }

    mutating func emptyNode(at mark: Mark, _ properties: Properties = Properties()) throws(SyntaxError) -> YAMLNode {
        let value: Value = properties.tag == nil ? .null : try tagged([], style: .plain, properties.tag)
        return node(.scalar(value, .plain), from: mark, to: mark.position, properties)
    }

    /// Makes the scalar of some text.
    mutating func scalar(
        _ text: String,
        style: YAMLScalarStyle,
        from start: Mark,
        _ properties: Properties
    ) throws(SyntaxError) -> YAMLNode {
        let value: Value
        if properties.tag != nil {
            value = try tagged(Array(text.utf8), style: style, properties.tag)
        } else {
            value = .string(text)
        }
        return node(.scalar(value, style), from: start, to: here.position, properties)
    }

    /// Reads the anchor and tag that stand here, and the blanks after them.
    mutating func properties() throws(SyntaxError) -> Properties {
        var properties = Properties()
        while true {
            switch current {
            case UInt8(ascii: "&"):
                guard properties.anchor == nil else { throw error("a node can have one anchor") }
                properties.start = properties.start ?? here
                here.position += 1
                properties.anchor = try anchorName()
            case UInt8(ascii: "!"):
                guard properties.tag == nil else { throw error("a node can have one tag") }
                properties.start = properties.start ?? here
                properties.tag = try tag()
            default: return properties
            }
            lastTokenLine = here.line
            skipSpaces()
        }
    }

    mutating func anchorName() throws(SyntaxError) -> String {
        let start = here.position
        while !isBlank(at: here.position), !isFlowIndicator(current) { here.position += 1 }
        guard here.position > start else { throw error("an anchor or alias needs a name") }
        return text(start, here.position)
    }

    /// Reads `*name` and gives what its anchor holds.
    mutating func alias() throws(SyntaxError) -> YAMLNode {
        let start = here
        here.position += 1
        let name = try anchorName()
        guard let anchored = anchors[name] else { throw error("no anchor '\(name)' before this alias", at: start) }
        expansion += anchored.count
        guard expansion <= Self.expansionLimit else { throw error("aliases expand to too many nodes", at: start) }
        guard depth + anchored.height <= Self.depthLimit else {
            throw error("more than \(Self.depthLimit) levels of nesting", at: start)
        }
        lastTokenLine = here.line
        var alias = node(anchored.node.kind, from: start, to: here.position, Properties())
        alias.marks = .alias
        return alias
    }

    func isFlowIndicator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]")
            || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
    }

    private mutating func tag() throws(SyntaxError) -> String {
        let start = here
        here.position += 1
        if current == UInt8(ascii: "<") {
            while !isBlank(at: here.position), current != UInt8(ascii: ">") { here.position += 1 }
            guard current == UInt8(ascii: ">") else { throw error("a tag lacks its '>'", at: start) }
            here.position += 1
            return text(start.position + 2, here.position - 1)
        }
        var handleEnd = start.position + 1
        while !isBlank(at: here.position), !isFlowIndicator(current) {
            here.position += 1
            if byte(at: here.position - 1) == UInt8(ascii: "!") { handleEnd = here.position }
        }
        let handle = text(start.position, handleEnd)
        let suffix = text(handleEnd, here.position)
        if let prefix = tagHandles[handle] { return prefix + suffix }
        switch handle {
        case "!": return "!" + suffix
        case "!!": return "tag:yaml.org,2002:" + suffix
        default: throw error("undefined tag handle '\(handle)'", at: start)
        }
    }
}

extension YAMLNode {
    /// The nodes in this one, aliases expanded.
    fileprivate var nodeCount: Int {
        switch kind {
        case .scalar: 1
        case .sequence(let items, _): items.reduce(1) { $0 + $1.nodeCount }
        case .mapping(let entries, _): entries.reduce(1) { $0 + $1.key.nodeCount + $1.value.nodeCount }
        }
    }

    fileprivate var height: Int {
        switch kind {
        case .scalar: 0
        case .sequence(let items, _): 1 + (items.map(\.height).max() ?? 0)
        case .mapping(let entries, _): 1 + (entries.map { max($0.key.height, $0.value.height) }.max() ?? 0)
        }
    }
}
