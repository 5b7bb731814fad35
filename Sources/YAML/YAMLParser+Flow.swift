import Values

extension YAMLParser {
    /// A flow collection, an alias or a scalar at the current place.
    mutating func flowOrScalar(minimum: Int, depth: Int, inFlow: Bool) throws(YAMLError) -> YAMLNode {
        if depth > Self.depthLimit { throw error("nested too deeply", at: offset) }
        switch current {
        case UInt8(ascii: "["): return try flowSequence(depth: depth)
        case UInt8(ascii: "{"): return try flowMapping(depth: depth)
        case UInt8(ascii: "*"): return try alias()
        case UInt8(ascii: "\""): return try doubleQuoted()
        case UInt8(ascii: "'"): return try singleQuoted()
        case UInt8(ascii: "@"), UInt8(ascii: "`"), UInt8(ascii: "%"):
            throw error("a value cannot start with this character unless in quotes", at: offset)
        default: return try plain(minimum: minimum, inFlow: inFlow)
        }
    }

    private mutating func flowSequence(depth: Int) throws(YAMLError) -> YAMLNode {
        let start = offset
        offset += 1
        var items: [YAMLNode] = []
        while true {
            try skipInFlow(start)
            if take(UInt8(ascii: "]")) { return node(.sequence(items, flow: true), start..<offset) }
            let itemStart = offset
            let item = try flowValue(depth: depth)
            try skipInFlow(start)
            if current == UInt8(ascii: ":"), isFlowIndicatorOrBlank(offset + 1) || isQuoted(item) {
                offset += 1
                try skipInFlow(start)
                let value = try flowValue(depth: depth)
                items.append(node(.mapping([(item, value)], flow: true), itemStart..<offset))
                try skipInFlow(start)
            } else {
                items.append(item)
            }
            if take(UInt8(ascii: ",")) { continue }
            if current != UInt8(ascii: "]") { throw error("expected ',' or ']'", at: offset) }
        }
    }

    private mutating func flowMapping(depth: Int) throws(YAMLError) -> YAMLNode {
        let start = offset
        offset += 1
        var pairs: [(key: YAMLNode, value: YAMLNode)] = []
        var seen: Set<Value.Key> = []
        while true {
            try skipInFlow(start)
            if take(UInt8(ascii: "}")) { return node(.mapping(pairs, flow: true), start..<offset) }
            let key = try flowValue(depth: depth)
            if !seen.insert(key.asKey).inserted {
                throw error("the key '\(key.asKey)' stands here twice", at: key.range.lowerBound)
            }
            try skipInFlow(start)
            var value = node(.scalar(.null, .plain), offset..<offset)
            if take(UInt8(ascii: ":")) {
                try skipInFlow(start)
                value = try flowValue(depth: depth)
                try skipInFlow(start)
            }
            pairs.append((key, value))
            if take(UInt8(ascii: ",")) { continue }
            if current != UInt8(ascii: "}") { throw error("expected ',' or '}'", at: offset) }
        }
    }

    private mutating func flowValue(depth: Int) throws(YAMLError) -> YAMLNode {
        if let byte = current, ",]}:".utf8.contains(byte),
            byte != UInt8(ascii: ":") || isFlowIndicatorOrBlank(offset + 1)
        {
            return node(.scalar(.null, .plain), offset..<offset)
        }
        let properties = try properties()
        var value = try flowOrScalar(minimum: 0, depth: depth + 1, inFlow: true)
        value.hasProperties = properties.isPresent
        remember(value, as: properties.anchor)
        return value
    }

    private func isQuoted(_ node: YAMLNode) -> Bool {
        if case .scalar(_, let style) = node.content { return style != .plain }
        return true
    }

    func isFlowIndicatorOrBlank(_ index: Int) -> Bool {
        isBlank(index) || ",[]{}".utf8.contains(bytes[index])
    }

    private mutating func skipInFlow(_ start: Int) throws(YAMLError) {
        skipToContent()
        if isAtEnd { throw error("this has no end", at: start) }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        if current != byte { return false }
        offset += 1
        return true
    }
}
