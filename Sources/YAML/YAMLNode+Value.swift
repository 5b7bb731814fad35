import OrderedCollections
package import Values

extension YAMLNode {
    /// The data of this node; merged entries come before the mapping's own, as DVC's reader puts them.
    package var value: Value {
        switch kind {
        case .scalar(let value, _): value
        case .sequence(let items, _): .list(items.map(\.value))
        case .mapping(let entries, _): .map(Self.map(of: entries))
        }
    }

    /// The value under `key`, also when it comes from a merge; nil when this is no mapping or lacks the key.
    package subscript(key: Value.Key) -> YAMLNode? {
        guard case .mapping(let entries, _) = kind else { return nil }
        var mergeKey: YAMLNode?
        for entry in entries {
            if entry.key.isMergeKey {
                mergeKey = entry.value
            } else if entry.key.key == key {
                return entry.value
            }
        }
        return mergeKey?.merged(key)
    }

    private func merged(_ key: Value.Key) -> YAMLNode? {
        guard case .sequence(let items, _) = kind else { return self[key] }
        for item in items {
            if let node = item[key] { return node }
        }
        return nil
    }

    /// The scalar as a mapping key, nil for a collection.
    var key: Value.Key? {
        guard case .scalar(let value, _) = kind else { return nil }
        return switch value {
        case .string(let text): Value.Key(text)
        case .null: Value.Key("", isString: false)
        case .bool(let flag): Value.Key(flag ? "true" : "false", isString: false)
        default: Value.Key(value.pythonText, isString: false)
        }
    }

    var isMergeKey: Bool {
        guard case .scalar(.string("<<"), .plain) = kind else { return false }
        return !marks.contains(.tag)
    }

    private static func map(of entries: [(key: YAMLNode, value: YAMLNode)]) -> Value.Map {
        var map = Value.Map(minimumCapacity: entries.count)
        // Indices, since iterating would copy each pair of nodes.
        for index in entries.indices where entries[index].key.isMergeKey {
            merge(entries[index].value, into: &map)
        }
        for index in entries.indices where !entries[index].key.isMergeKey {
            guard let key = entries[index].key.key else { continue }
            map[key] = entries[index].value.value
        }
        return map
    }

    /// Adds what `node` gives to a merge; of several mappings the first has the last word.
    private static func merge(_ node: YAMLNode, into map: inout Value.Map) {
        switch node.kind {
        case .mapping(let entries, _): map.merge(self.map(of: entries)) { $1 }
        case .sequence(let items, _): for item in items.reversed() { merge(item, into: &map) }
        case .scalar: break
        }
    }
}
