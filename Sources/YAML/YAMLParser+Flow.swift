import Values

extension YAMLParser {
    /// Reads an alias, a quoted or plain scalar or a flow collection in block context.
    mutating func atom(parent: Int, _ properties: Properties) throws(SyntaxError) -> YAMLNode {
        let node = try atom(properties, isFlow: false, parent: parent)
        lastTokenLine = here.line
        return node
    }

    private mutating func atom(
        _ properties: Properties,
        isFlow: Bool,
        parent: Int
    ) throws(SyntaxError) -> YAMLNode {
        switch current {
        case UInt8(ascii: "*"):
            guard properties.isEmpty else { throw error("an alias has no anchor or tag of its own") }
            return try alias()
        case UInt8(ascii: "["): return try flowSequence(properties)
        case UInt8(ascii: "{"): return try flowMapping(properties)
        case UInt8(ascii: "\""): return try doubleQuoted(properties)
        case UInt8(ascii: "'"): return try singleQuoted(properties)
        default: return try plain(properties, isFlow: isFlow, parent: parent)
        }
    }

    /// Goes to the next token inside brackets.
    private mutating func skipInFlow() throws(SyntaxError) {
        while true {
            skipSpaces()
            switch current {
            case UInt8(ascii: "#"):
                while !isAtEnd, !isBreak(current) { here.position += 1 }
            case 0x0A, 0x0D: skipBreak()
            default:
                if isAtEnd || isAtDocumentMarker { throw error("a flow collection lacks its end") }
                return
            }
        }
    }

    private var isAtFlowEnd: Bool {
        current == UInt8(ascii: ",") || current == UInt8(ascii: "]") || current == UInt8(ascii: "}")
    }

    /// Whether a `:` here separates a key from its value.
    private func isFlowColon(after key: YAMLNode?) -> Bool {
        guard current == UInt8(ascii: ":") else { return false }
        let next = here.position + 1
        if isBlank(at: next) || isFlowIndicator(byte(at: next)) { return true }
        guard let key, !key.isAlias else { return false }
        if case .scalar(_, .plain) = key.kind { return false }
        return true
    }

    private mutating func flowNode() throws(SyntaxError) -> YAMLNode {
        try skipInFlow()
        let properties = try properties()
        try skipInFlow()
        if isAtFlowEnd || isFlowColon(after: nil) { return try emptyNode(at: here, properties) }
        return try atom(properties, isFlow: true, parent: -1)
    }

    /// Reads an entry of a flow mapping, or one of a sequence that may be a pair; the value is nil without a colon.
    private mutating func flowEntry() throws(SyntaxError) -> (key: YAMLNode, value: YAMLNode?) {
        if current == UInt8(ascii: "?"), isBlank(at: here.position + 1) {
            here.position += 1
            let key = try flowNode()
            try skipInFlow()
            if let value = try flowValue(after: key) { return (key, value) }
            return (key, try emptyNode(at: here))
        }
        let key = try flowNode()
        let end = here
        try skipInFlow()
        let value = try flowValue(after: key)
        if value == nil { here = end }
        return (key, value)
    }

    private mutating func flowValue(after key: YAMLNode) throws(SyntaxError) -> YAMLNode? {
        guard isFlowColon(after: key) else { return nil }
        let colon = here
        here.position += 1
        let afterColon = here
        try skipInFlow()
        guard !isAtFlowEnd else {
            here = afterColon
            var empty = try emptyNode(at: afterColon)
            empty.indicatorByte = UInt32(colon.position)
            return empty
        }
        var value = try flowNode()
        value.indicatorByte = UInt32(colon.position)
        return value
    }

    /// Goes over the comma after an entry; false at the end of the collection, which it goes over as well.
    private mutating func continues(until end: UInt8) throws(SyntaxError) -> Bool {
        try skipInFlow()
        if current == UInt8(ascii: ",") {
            here.position += 1
            try skipInFlow()
        } else if current != end {
            throw error("a flow collection needs ',' or its end here")
        }
        guard current == end else { return true }
        here.position += 1
        return false
    }

    private mutating func opens(until end: UInt8) throws(SyntaxError) -> Bool {
        here.position += 1
        try skipInFlow()
        guard current == end else { return true }
        here.position += 1
        return false
    }

    private mutating func flowSequence(_ properties: Properties) throws(SyntaxError) -> YAMLNode {
        try enter()
        let start = here
        var items: [YAMLNode] = []
        var hasMore = try opens(until: UInt8(ascii: "]"))
        while hasMore {
            guard !isAtFlowEnd else { throw error("an empty entry in a flow sequence") }
            let entryStart = here
            let (item, value) = try flowEntry()
            if let value {
                guard item.key != nil else { throw error("a collection cannot be a key", at: entryStart) }
                let end = max(value.end, item.end)
                items.append(node(.mapping([(item, value)], flow: true), from: entryStart, to: end, Properties()))
            } else {
                items.append(item)
            }
            hasMore = try continues(until: UInt8(ascii: "]"))
        }
        leave()
        return node(.sequence(items, flow: true), from: start, to: here.position, properties)
    }

    private mutating func flowMapping(_ properties: Properties) throws(SyntaxError) -> YAMLNode {
        try enter()
        let start = here
        var entries: [(key: YAMLNode, value: YAMLNode)] = []
        var keys: Set<Value.Key> = []
        var hasMore = try opens(until: UInt8(ascii: "}"))
        while hasMore {
            guard !isAtFlowEnd else { throw error("an empty entry in a flow mapping") }
            let keyMark = here
            let (key, written) = try flowEntry()
            let value: YAMLNode
            if let written { value = written } else { value = try emptyNode(at: here) }
            try check(key, value, keyMark, among: entries, &keys)
            entries.append((key, value))
            hasMore = try continues(until: UInt8(ascii: "}"))
        }
        leave()
        return node(.mapping(entries, flow: true), from: start, to: here.position, properties)
    }
}
