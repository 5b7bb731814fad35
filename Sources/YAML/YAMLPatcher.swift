import OrderedCollections
import Values

/// Finds the patches that turn one node into another value; nil where the enclosing block must be written anew.
struct YAMLPatcher {
    let source: [UInt8]

    /// `indent` is the column at which a block collection in this place would be written.
    func patches(of node: YAMLNode, to value: Value, indent: Int) -> [YAMLPatch]? {
        if node.value == value { return [] }
        if node.isAlias || node.propertiesStart != node.start { return nil }
        switch (node.kind, value) {
        case (.mapping(let pairs, flow: false), .map(let map)) where !map.isEmpty:
            return patches(of: pairs, to: map, column: node.column - 1, end: node.end)
        case (.sequence(let items, flow: false), .list(let list)) where !list.isEmpty:
            return patches(of: items, in: node, to: list)
        case (.mapping(_, flow: true), .map), (.sequence(_, flow: true), .list):
            return [YAMLPatch(range: node.start..<node.end, replacement: Array(Self.flow(value).utf8))]
        case (.scalar(_, let style), _) where style != .literal && style != .folded && !node.isEmpty:
            guard Self.isInline(value), value != .null else { return nil }
            let text = Self.inline(value)
            return [YAMLPatch(range: node.start..<node.end, replacement: text)]
        default:
            return nil
        }
    }

    // MARK: Mappings

    private func patches(
        of pairs: [(key: YAMLNode, value: YAMLNode)],
        to map: Value.Map,
        column: Int,
        end: Int
    ) -> [YAMLPatch]? {
        var result: [YAMLPatch] = []
        var missing = map
        for (key, value) in pairs {
            guard !key.isMergeKey, let name = key.key else { return nil }
            if let wanted = map[name] {
                missing[name] = nil
                if let inner = patches(of: value, to: wanted, indent: column + 2) {
                    result += inner
                } else {
                    result.append(replacement(of: value, after: key, with: wanted, column: column))
                }
            } else {
                guard let removal = removal(of: key, value: value, column: column) else { return nil }
                result.append(removal)
            }
        }
        if !missing.isEmpty { result.append(insertion(YAMLEmitter.emit(.map(missing), indent: column), after: end)) }
        return result
    }

    /// Writes the part of an entry behind its colon anew.
    private func replacement(of value: YAMLNode, after key: YAMLNode, with wanted: Value, column: Int) -> YAMLPatch {
        var start = key.end
        while start < source.count, source[start] != UInt8(ascii: ":") { start += 1 }
        start += 1
        let text: [UInt8]
        if Self.isInline(wanted) {
            text = wanted == .null ? [] : [0x20] + Self.inline(wanted)
        } else {
            let isMap = if case .map = wanted { true } else { false }
            text = [0x0A] + YAMLEmitter.emit(wanted, indent: isMap ? column + 2 : column).dropLast()
        }
        return YAMLPatch(range: start..<max(start, value.end), replacement: text)
    }

    private func removal(of key: YAMLNode, value: YAMLNode, column: Int) -> YAMLPatch? {
        let start = lineStart(of: key.start)
        // A key behind a dash or another key shares its line.
        guard key.start - start == column, source[start..<key.start].allSatisfy({ $0 == 0x20 })
        else { return nil }
        return YAMLPatch(
            range: start..<nextLine(after: max(key.end, value.end)),
            replacement: []
        )
    }

    // MARK: Sequences

    private func patches(of items: [YAMLNode], in node: YAMLNode, to list: [Value]) -> [YAMLPatch]? {
        let column = node.column - 1
        if items.count == list.count {
            var result: [YAMLPatch] = []
            for (item, wanted) in zip(items, list) {
                guard let inner = patches(of: item, to: wanted, indent: column + 2) else { return nil }
                result += inner
            }
            return result
        }
        var head = 0
        while head < min(items.count, list.count), items[head].value == list[head] { head += 1 }
        var tail = 0
        while tail < min(items.count, list.count) - head,
            items[items.count - 1 - tail].value == list[list.count - 1 - tail]
        {
            tail += 1
        }
        let new = Array(list[head..<(list.count - tail)])
        let text = new.isEmpty ? [] : YAMLEmitter.emit(.list(new), indent: column)
        if head == items.count - tail {
            if head == 0 {
                let start = lineStart(of: node.start)
                guard source[start..<node.start].allSatisfy({ $0 == 0x20 }) else { return nil }
                return [YAMLPatch(range: start..<start, replacement: text)]
            }
            return [insertion(text, after: max(items[head - 1].end, node.start))]
        }
        guard let first = dashLine(of: items[head], column: column) else { return nil }
        let end = nextLine(after: items[items.count - tail - 1].end)
        return [YAMLPatch(range: first..<end, replacement: text)]
    }

    /// The start of the line whose dash begins an item.
    private func dashLine(of item: YAMLNode, column: Int) -> Int? {
        let start = lineStart(of: item.start)
        guard start + column < source.count, source[start + column] == UInt8(ascii: "-"),
            source[start..<(start + column)].allSatisfy({ $0 == 0x20 })
        else { return nil }
        return start
    }

    // MARK: Lines

    private func insertion(_ lines: [UInt8], after end: Int) -> YAMLPatch {
        let place = nextLine(after: end)
        let needsBreak = place > 0 && source[place - 1] != 0x0A
        return YAMLPatch(range: place..<place, replacement: (needsBreak ? [0x0A] : []) + lines)
    }

    private func lineStart(of index: Int) -> Int {
        (source[..<index].lastIndex(of: 0x0A) ?? -1) + 1
    }

    private func nextLine(after index: Int) -> Int {
        (source[index...].firstIndex(of: 0x0A) ?? source.count - 1) + 1
    }

    private static func isInline(_ value: Value) -> Bool {
        switch value {
        case .map(let map): map.isEmpty
        case .list(let list): list.isEmpty
        default: true
        }
    }

    /// A scalar or empty collection as it stands behind a key, without a line end.
    private static func inline(_ value: Value) -> [UInt8] {
        Array(YAMLEmitter.emit(.map(["k": value])).dropFirst(3).dropLast())
    }

    private static func flow(_ value: Value) -> String {
        switch value {
        case .list(let list): "[" + list.map(flow).joined(separator: ", ") + "]"
        case .map(let map):
            "{"
                + map.map { "\($0.key.isString ? flow(.string($0.key.text)) : $0.key.text): \(flow($0.value))" }
                .joined(separator: ", ") + "}"
        case .null: "null"
        case .string(let text) where text.contains(where: { ",[]{}".contains($0) }):
            "'" + text.replacing("'", with: "''") + "'"
        default: String(decoding: inline(value), as: UTF8.self)
        }
    }
}
