import OrderedCollections
package import Values

/// A value of a YAML text with the place where it stands.
package struct YAMLNode: Sendable {
    package enum Style: Hashable, Sendable {
        case plain
        case singleQuoted
        case doubleQuoted
        case literal
        case folded
    }

    package enum Content: Sendable {
        case scalar(Value, Style)
        case sequence([YAMLNode], flow: Bool)
        case mapping([(key: YAMLNode, value: YAMLNode)], flow: Bool)
    }

    package let content: Content
    /// The bytes of the value, without anchor, tag and comments; empty for a value that is not written.
    package let range: Range<Int>
    /// Counted from 1.
    package let line: Int
    /// In bytes, counted from 1.
    package let column: Int
    /// Whether the value stands elsewhere and is only named here (`*name`).
    package var isAlias = false
    /// Whether an anchor or tag precedes the value.
    package var hasProperties = false

    /// The value without places and styles; merge keys (`<<`) are applied.
    package var value: Value {
        switch content {
        case .scalar(let value, _): value
        case .sequence(let nodes, _): .list(nodes.map(\.value))
        case .mapping(let pairs, _): .map(Self.map(pairs))
        }
    }

    /// The node under `key` of a mapping.
    package subscript(key: Value.Key) -> YAMLNode? {
        guard case .mapping(let pairs, _) = content else { return nil }
        return pairs.first { $0.key.asKey == key }?.value
    }

    /// The node as the key of a mapping.
    package var asKey: Value.Key {
        switch content {
        case .scalar(.string(let text), _): Value.Key(text)
        case .scalar(.null, _): Value.Key("", isString: false)
        case .scalar(.bool(let flag), _): Value.Key(flag ? "true" : "false", isString: false)
        case .scalar(let value, _): Value.Key(value.pythonText, isString: false)
        default: Value.Key(value.pythonText)
        }
    }

    private static func map(_ pairs: [(key: YAMLNode, value: YAMLNode)]) -> Value.Map {
        var result: Value.Map = [:]
        var merged: [Value.Map] = []
        for (key, value) in pairs {
            if case .scalar(.string("<<"), .plain) = key.content {
                merged += (value.value.list ?? [value.value]).compactMap(\.map)
            } else {
                result[key.asKey] = value.value
            }
        }
        for map in merged { for (key, value) in map where result[key] == nil { result[key] = value } }
        return result
    }
}
