import Values

extension YAMLParser {
    /// Reads the node after an indicator, or after the start of the document.
    ///
    /// `parent` is the column of the collection around it, `startsBlock` tells whether a block collection may begin
    /// on this line.
    mutating func blockNode(
        parent: Int,
        startsBlock: Bool,
        isMappingValue: Bool
    ) throws(SyntaxError) -> YAMLNode {
        let origin = here
        var startsBlock = startsBlock
        var outer = Properties()
        while true {
            if try skipToToken() { startsBlock = true }
            if isEnd(parent: parent, isMappingValue: isMappingValue) {
                return try emptyNode(at: outer.isEmpty ? origin : endOfProperties(outer), outer)
            }
            let inner = try properties()
            guard !inner.isEmpty, isAtEnd || isBreak(current) || current == UInt8(ascii: "#") else {
                return try content(parent: parent, startsBlock: startsBlock, outer: outer, inner: inner)
            }
            guard outer.isEmpty else { throw error("a node can have one anchor and one tag") }
            outer = inner
            propertiesEnd = here
        }
    }

    private func endOfProperties(_ properties: Properties) -> Mark {
        propertiesEnd ?? properties.start ?? here
    }

    /// Whether the next token belongs to a collection further out.
    private func isEnd(parent: Int, isMappingValue: Bool) -> Bool {
        if isAtEnd || isAtDocumentMarker { return true }
        if column > parent { return false }
        return !(isMappingValue && column == parent && isIndicator(UInt8(ascii: "-")))
    }

    @inline(__always)
    private func isIndicator(_ byte: UInt8) -> Bool {
        current == byte && isBlank(at: here.position + 1)
    }

    private mutating func content(
        parent: Int,
        startsBlock: Bool,
        outer: Properties,
        inner: Properties
    ) throws(SyntaxError) -> YAMLNode {
        let start = inner.start ?? here
        let column = start.position - start.lineStart
        if isIndicator(UInt8(ascii: "-")) {
            guard startsBlock, inner.isEmpty else { throw error("a block sequence cannot start here") }
            return try blockSequence(column: column, outer)
        }
        if isIndicator(UInt8(ascii: "?")) || isIndicator(UInt8(ascii: ":")) {
            guard startsBlock else { throw error("a mapping cannot start here") }
            let key = isIndicator(UInt8(ascii: ":")) ? try emptyNode(at: here, inner) : nil
            guard key != nil || inner.isEmpty else { throw error("a mapping cannot start here") }
            return try blockMapping(column: column, start: start, firstKey: key, outer)
        }
        if current == UInt8(ascii: "|") || current == UInt8(ascii: ">") {
            guard inner.isEmpty || outer.isEmpty else { throw error("a node can have one anchor and one tag") }
            return try blockScalar(parent: parent, inner.isEmpty ? outer : inner)
        }
        guard outer.isEmpty else {
            return try contentUnderProperties(parent: parent, startsBlock: startsBlock, outer: outer, inner: inner)
        }
        let atom = try atom(parent: parent, inner)
        guard isAtKeyEnd(of: atom) else { return atom }
        guard startsBlock else { throw error("a mapping cannot start here") }
        return try blockMapping(column: column, start: start, firstKey: atom, outer)
    }

    /// Reads what stands on a line after one with an anchor or tag, which belong to the whole of it: to the mapping,
    /// when a colon shows it to be one.
    private mutating func contentUnderProperties(
        parent: Int,
        startsBlock: Bool,
        outer: Properties,
        inner: Properties
    ) throws(SyntaxError) -> YAMLNode {
        let start = inner.start ?? here
        let content = here
        let atom = try atom(parent: parent, inner)
        if isAtKeyEnd(of: atom) {
            guard startsBlock else { throw error("a mapping cannot start here") }
            return try blockMapping(column: start.position - start.lineStart, start: start, firstKey: atom, outer)
        }
        guard inner.isEmpty, !atom.isAlias else { throw error("a node can have one anchor and one tag") }
        here = content
        return try self.atom(parent: parent, outer)
    }

    /// Goes over blanks after a node and tells whether a colon makes it a key.
    private mutating func isAtKeyEnd(of atom: YAMLNode) -> Bool {
        let end = here
        skipSpaces()
        if isIndicator(UInt8(ascii: ":")), atom.line == here.line { return true }
        here = end
        return false
    }

    private mutating func blockSequence(column: Int, _ properties: Properties) throws(SyntaxError) -> YAMLNode {
        try enter()
        let start = here
        var items: [YAMLNode] = []
        var end = here.position
        repeat {
            let dash = here.position
            here.position += 1
            lastTokenLine = here.line
            var item = try blockNode(parent: column, startsBlock: true, isMappingValue: false)
            item.indicatorByte = UInt32(dash)
            items.append(item)
            end = max(item.end, dash + 1)
            guard try isAtNext(column: column) else { break }
        } while isIndicator(UInt8(ascii: "-"))
        leave()
        return node(.sequence(items, flow: false), from: start, to: end, properties)
    }

    /// Goes to the next entry of a block collection, false when the next token is further out.
    private mutating func isAtNext(column: Int) throws(SyntaxError) -> Bool {
        let crossed = try skipToToken()
        if isAtEnd || isAtDocumentMarker { return false }
        guard crossed || here.line != lastTokenLine else {
            throw error("unexpected text after the end of a value")
        }
        guard self.column <= column else { throw error("indentation that fits no collection around it") }
        return self.column == column
    }

    private mutating func blockMapping(
        column: Int,
        start: Mark,
        firstKey: YAMLNode?,
        _ properties: Properties
    ) throws(SyntaxError) -> YAMLNode {
        try enter()
        var entries: [(key: YAMLNode, value: YAMLNode)] = []
        var keys: Set<Value.Key> = []
        var pending = firstKey
        var end = start.position
        repeat {
            let keyMark = here
            let (key, value) = try blockEntry(column: column, firstKey: pending)
            pending = nil
            try check(key, value, keyMark, among: entries, &keys)
            end = max(value.end, key.end)
            entries.append((key, value))
        } while try isAtNext(column: column)
        leave()
        return node(.mapping(entries, flow: false), from: start, to: end, properties)
    }

    private mutating func blockEntry(
        column: Int,
        firstKey: YAMLNode?
    ) throws(SyntaxError) -> (key: YAMLNode, value: YAMLNode) {
        var key: YAMLNode
        var startsBlock = false
        if let firstKey {
            key = firstKey
        } else if isIndicator(UInt8(ascii: "?")) {
            let mark = here.position
            here.position += 1
            lastTokenLine = here.line
            key = try blockNode(parent: column, startsBlock: true, isMappingValue: true)
            key.indicatorByte = UInt32(mark)
            startsBlock = true
            guard try isAtNext(column: column), isIndicator(UInt8(ascii: ":")) else {
                return (key, try emptyNode(at: here(after: key)))
            }
        } else if isIndicator(UInt8(ascii: ":")) {
            key = try emptyNode(at: here)
        } else {
            key = try implicitKey(column: column)
        }
        let colon = here.position
        here.position += 1
        lastTokenLine = here.line
        var value = try blockNode(parent: column, startsBlock: startsBlock, isMappingValue: true)
        value.indicatorByte = UInt32(colon)
        return (key, value)
    }

    private func here(after node: YAMLNode) -> Mark {
        Mark(position: node.end, line: node.line, lineStart: node.end - max(0, node.column - 1))
    }

    private mutating func implicitKey(column: Int) throws(SyntaxError) -> YAMLNode {
        if isIndicator(UInt8(ascii: "-")) { throw error("a block sequence cannot start here") }
        let start = here
        let properties = try properties()
        let key = try atom(parent: column, properties)
        guard isAtKeyEnd(of: key) else { throw error("a key without its ':'", at: start) }
        return key
    }

    private static func contains(_ entries: [(key: YAMLNode, value: YAMLNode)], _ key: Value.Key) -> Bool {
        for index in entries.indices {  // iterating would copy each pair of nodes
            if case .scalar(.string(let text), _) = entries[index].key.kind {
                if key.isString, key.text == text { return true }
            } else if entries[index].key.key == key {
                return true
            }
        }
        return false
    }

    /// Refuses collections as keys, equal keys and what cannot be merged.
    mutating func check(
        _ node: YAMLNode,
        _ value: YAMLNode,
        _ mark: Mark,
        among entries: [(key: YAMLNode, value: YAMLNode)],
        _ keys: inout Set<Value.Key>
    ) throws(SyntaxError) {
        guard let key = node.key else { throw error("a collection cannot be a key", at: mark) }
        if node.isMergeKey, !value.isMergeable { throw error("only mappings can be merged", at: mark) }
        let isNew: Bool
        if entries.count < Self.searchedCount {
            isNew = !Self.contains(entries, key)
        } else {
            if keys.isEmpty { keys = Set(entries.compactMap(\.key.key)) }
            isNew = keys.insert(key).inserted
        }
        guard isNew else { throw error("the key '\(key)' stands here twice", at: mark) }
    }
}

extension YAMLNode {
    fileprivate var isMergeable: Bool {
        switch kind {
        case .mapping: true
        case .sequence(let items, _): items.allSatisfy { if case .mapping = $0.kind { true } else { false } }
        case .scalar: false
        }
    }
}
