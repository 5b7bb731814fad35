import Values

extension YAMLParser {
    /// What may precede a value: `&anchor` and `!tag`.
    struct Properties {
        var anchor: String?
        var tag: String?
        var isPresent: Bool { anchor != nil || tag != nil }
    }

    /// The value at the next content whose column is at least `minimum`; an unwritten null where there is none.
    ///
    /// Inline, the value follows a key on its line, where no further key may stand.
    mutating func block(minimum: Int, depth: Int, isInline: Bool = false) throws(YAMLError) -> YAMLNode {
        if depth > Self.depthLimit { throw error("nested too deeply", at: offset) }
        let before = offset
        skipToContent()
        if isAtEnd || isDocumentEnd || indentation(of: offset) < minimum {
            offset = before
            return node(.scalar(.null, .plain), before..<before)
        }
        let start = offset
        let startIsFresh = !isInline || place(of: start).line != place(of: before).line
        let properties = try properties()
        if properties.isPresent, isLineEnd(offset) {
            // The value stands on the next lines.
            var value = try block(minimum: minimum, depth: depth + 1)
            if case .mapping = value.content {} else { value = try applied(properties, to: value) }
            value.hasProperties = true
            remember(value, as: properties.anchor)
            return value
        }
        let column = indentation(of: start)
        if current == UInt8(ascii: "-"), isBlank(offset + 1) {
            if !startIsFresh { throw error("a list item cannot stand here", at: offset) }
            return try finished(try sequence(column: indentation(of: offset), depth: depth), properties)
        }
        if current == UInt8(ascii: "?"), isBlank(offset + 1) {
            return try finished(try mapping(column: column, first: nil, depth: depth), properties)
        }
        if current == UInt8(ascii: "|") || current == UInt8(ascii: ">") {
            return try finished(try blockScalar(minimum: minimum), properties)
        }
        let scalar = try flowOrScalar(minimum: minimum, depth: depth, inFlow: false)
        if let key = try implicitKey(scalar, from: start) {
            if !startIsFresh { throw error("a key cannot stand here: the value before it needs quotes", at: start) }
            var first = try applied(properties, to: key)
            first.hasProperties = properties.isPresent
            if properties.isPresent { remember(first, as: properties.anchor) }
            return try mapping(column: column, first: first, depth: depth)
        }
        return try finished(scalar, properties)
    }

    private mutating func finished(_ node: YAMLNode, _ properties: Properties) throws(YAMLError) -> YAMLNode {
        if !properties.isPresent { return node }
        var result = try applied(properties, to: node)
        result.hasProperties = true
        remember(result, as: properties.anchor)
        return result
    }

    /// The node itself when a `:` follows that makes it a key.
    private func implicitKey(_ node: YAMLNode, from start: Int) throws(YAMLError) -> YAMLNode? {
        var index = offset
        while let byte = byte(at: index), byte == 0x20 || byte == 0x09 { index += 1 }
        guard byte(at: index) == UInt8(ascii: ":"), isBlank(index + 1) else { return nil }
        if bytes[start..<index].contains(0x0A) { throw error("a key on more than one line", at: start) }
        return node
    }

    private mutating func sequence(column: Int, depth: Int) throws(YAMLError) -> YAMLNode {
        let start = offset
        var end = offset
        var items: [YAMLNode] = []
        while true {
            offset += 1
            end = offset
            let item = try block(minimum: column + 1, depth: depth + 1)
            if !item.range.isEmpty { end = max(end, item.range.upperBound) }
            items.append(item)
            offset = max(offset, end)
            let mark = offset
            skipToContent()
            let isItem = current == UInt8(ascii: "-") && isBlank(offset + 1) && !isDocumentEnd
            if isAtEnd || isDocumentEnd || indentation(of: offset) != column || !isItem {
                if !isAtEnd, !isDocumentEnd, indentation(of: offset) > column {
                    throw error("indentation fits nothing above", at: offset)
                }
                offset = mark
                return node(.sequence(items, flow: false), start..<end)
            }
        }
    }

    private mutating func mapping(column: Int, first: YAMLNode?, depth: Int) throws(YAMLError) -> YAMLNode {
        let start = first?.range.lowerBound ?? offset
        var pairs: [(key: YAMLNode, value: YAMLNode)] = []
        var seen: Set<Value.Key> = []
        var next = first
        while true {
            let key: YAMLNode
            if let next { key = next } else { key = try self.key(column: column, depth: depth) }
            next = nil
            let isMerge = if case .scalar(.string("<<"), .plain) = key.content { true } else { false }
            if !seen.insert(key.asKey).inserted, !isMerge {
                throw error("the key '\(key.asKey)' stands here twice", at: key.range.lowerBound)
            }
            skipBlanks()
            var end = key.range.upperBound
            var value = node(.scalar(.null, .plain), end..<end)
            if current != UInt8(ascii: ":") {
                let mark = offset
                skipToContent()
                if current != UInt8(ascii: ":") || indentation(of: offset) != column { offset = mark }
            }
            if current == UInt8(ascii: ":"), isBlank(offset + 1) {
                offset += 1
                end = offset
                value = try entryValue(column: column, depth: depth)
                if !value.range.isEmpty { end = value.range.upperBound }
            }
            pairs.append((key, value))
            offset = max(offset, end)
            let mark = offset
            skipToContent()
            if isAtEnd || isDocumentEnd || indentation(of: offset) != column {
                if !isAtEnd, !isDocumentEnd, indentation(of: offset) > column {
                    throw error("indentation fits nothing above", at: offset)
                }
                offset = mark
                return node(.mapping(pairs, flow: false), start..<end)
            }
        }
    }

    private mutating func key(column: Int, depth: Int) throws(YAMLError) -> YAMLNode {
        if current == UInt8(ascii: "?"), isBlank(offset + 1) {
            offset += 1
            return try block(minimum: column + 1, depth: depth + 1)
        }
        let start = offset
        let properties = try properties()
        let scalar = try flowOrScalar(minimum: column + 1, depth: depth, inFlow: false)
        guard let key = try implicitKey(scalar, from: start) else {
            throw error("expected a key followed by ':'", at: start)
        }
        return try finished(key, properties)
    }

    private mutating func entryValue(column: Int, depth: Int) throws(YAMLError) -> YAMLNode {
        let mark = offset
        skipToContent()
        let isOnOtherLine = place(of: offset).line != place(of: mark).line
        let isItem = current == UInt8(ascii: "-") && isBlank(offset + 1)
        if !isAtEnd, !isDocumentEnd, isOnOtherLine, isItem, indentation(of: offset) == column {
            return try sequence(column: column, depth: depth + 1)
        }
        offset = mark
        return try block(minimum: column + 1, depth: depth + 1, isInline: true)
    }

    mutating func properties() throws(YAMLError) -> Properties {
        var properties = Properties()
        while true {
            if current == UInt8(ascii: "&"), properties.anchor == nil {
                offset += 1
                properties.anchor = name()
            } else if current == UInt8(ascii: "!"), properties.tag == nil {
                let start = offset
                while !isBlank(offset), let byte = current, !",[]{}".utf8.contains(byte) { offset += 1 }
                properties.tag = String(decoding: bytes[start..<offset], as: UTF8.self)
            } else {
                return properties
            }
            skipBlanks()
        }
    }

    /// Applies the tags that change a scalar's type; others are passed over.
    private func applied(_ properties: Properties, to node: YAMLNode) throws(YAMLError) -> YAMLNode {
        guard properties.tag == "!!str" || properties.tag == "!", case .scalar(_, let style) = node.content,
            style == .plain
        else { return node }
        let text = String(decoding: bytes[node.range], as: UTF8.self)
        return self.node(.scalar(.string(text), style), node.range)
    }
}
