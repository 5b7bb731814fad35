import OrderedCollections
import Values

extension PatchPlanner {
    typealias Entry = (key: YAMLNode, value: YAMLNode)

    mutating func updateMapping(
        _ node: YAMLNode,
        _ entries: [Entry],
        isFlow: Bool,
        to map: Value.Map,
        at place: Place
    ) throws(CannotPatch) {
        var own: [Value.Key: YAMLNode] = [:]
        for entry in entries where !entry.key.isMergeKey {
            if let key = entry.key.key { own[key] = entry.value }
        }
        try checkMerge(node, entries, own, map)
        let isKept = entries.map { entry in entry.key.isMergeKey || entry.key.key.map { map[$0] != nil } ?? false }
        guard isKept.contains(true) else { throw CannotPatch() }
        let indent = node.column - 1
        for entry in entries where !entry.key.isMergeKey {
            guard let key = entry.key.key, let value = map[key] else { continue }
            let slot = isColon(entry.value.indicator) ? entry.value.indicator + 1 : nil
            try update(entry.value, to: value, at: Place(slot: slot, indent: indent, isFlow: isFlow))
        }
        try remove(entries.map(Self.span), isKept: isKept, isFlow: isFlow)
        let inherited = node.value.map ?? [:]
        for (key, value) in map where own[key] == nil {
            if let old = inherited[key], old.isSame(as: value) { continue }
            guard let last = entries.last, let kept = entries.indices.last(where: { isKept[$0] }) else { continue }
            if isFlow {
                let end = Self.span(entries[kept]).upperBound
                patch(end..<end, Array((", " + FlowText.entry(key, value)).utf8))
            } else {
                insertLines(after: Self.span(last).upperBound, indent: indent) { writer in
                    writer.writeEntry(key, value, indent: indent)
                }
            }
        }
    }

    private func isColon(_ offset: Int) -> Bool {
        offset < source.bytes.count && source.bytes[offset] == UInt8(ascii: ":")
    }

    /// What a merge gives can be overridden, but not taken away.
    private func checkMerge(
        _ node: YAMLNode,
        _ entries: [Entry],
        _ own: [Value.Key: YAMLNode],
        _ map: Value.Map
    ) throws(CannotPatch) {
        guard entries.contains(where: \.key.isMergeKey) else { return }
        let inherited = (node.value.map ?? [:]).keys.filter { own[$0] == nil }
        if expandsAliases || inherited.contains(where: { map[$0] == nil }) { throw CannotPatch() }
        // An own entry that goes may uncover a merged one.
        if own.keys.contains(where: { map[$0] == nil }) { throw CannotPatch() }
    }

    private static func span(_ entry: Entry) -> Range<Int> {
        min(entry.key.propertiesStart, entry.key.indicator)..<max(entry.value.end, entry.key.end)
    }

    /// Takes members out of a collection, which keeps at least one.
    mutating func remove(_ spans: [Range<Int>], isKept: [Bool], isFlow: Bool) throws(CannotPatch) {
        guard let first = isKept.firstIndex(of: true) else { throw CannotPatch() }
        if first > 0 {
            if isFlow || !source.startsLine(spans[0].lowerBound) {
                patch(spans[0].lowerBound..<spans[first].lowerBound, [])
            } else {
                for span in spans[..<first] { removeLines(span) }
            }
        }
        var lastKept = first
        for index in spans.indices.dropFirst(first + 1) {
            if isKept[index] {
                lastKept = index
            } else if !isFlow {
                removeLines(spans[index])
            } else if index + 1 == spans.count || isKept[index + 1] {
                patch(spans[lastKept].upperBound..<spans[index].upperBound, [])
            }
        }
    }

    private mutating func removeLines(_ span: Range<Int>) {
        patch(source.lineStart(span.lowerBound)..<source.nextLine(span.upperBound), [])
    }

    /// Inserts lines below the one that `offset` is on.
    mutating func insertLines(after offset: Int, indent: Int, _ write: (inout BlockWriter) -> Void) {
        var writer = BlockWriter(layout: layout)
        writer.put(spaces: indent)
        write(&writer)
        let next = source.nextLine(offset)
        if next == source.bytes.count, source.lacksFinalBreak {
            addsLastLine = true
            patch(next..<next, [0x0A] + writer.bytes)
        } else {
            patch(next..<next, writer.bytes + [0x0A])
        }
    }
}
