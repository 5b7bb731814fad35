import OrderedCollections
import Values

extension PatchPlanner {
    /// Plans to write a node anew.
    mutating func replace(_ node: YAMLNode, with value: Value, at place: Place) throws(CannotPatch) {
        if place.isFlow { return replaceInFlow(node, with: value) }
        guard let slot = place.slot else { return replaceTop(node, with: value) }
        if node.isBlockCollection {
            try replaceBlock(node, with: value, slot: slot, place)
        } else if node.isEmpty {
            guard node.marks.isEmpty else { throw CannotPatch() }
            try insert(value, slot: slot, lineOf: slot, place)
        } else {
            try replaceInline(node, with: value, slot: slot, place)
        }
    }

    private mutating func replaceInFlow(_ node: YAMLNode, with value: Value) {
        let text = FlowText.text(of: value)
        guard node.isEmpty else { return patch(node.propertiesStart..<node.end, Array(text.utf8)) }
        let colon = node.indicator
        let hasColon = colon < source.bytes.count && source.bytes[colon] == UInt8(ascii: ":")
        let offset = hasColon ? colon + 1 : node.start
        patch(offset..<offset, Array((hasColon ? " " + text : ": " + text).utf8))
    }

    private mutating func replaceTop(_ node: YAMLNode, with value: Value) {
        var text = YAMLEmitter.emit(value)
        if text.suffix(5).elementsEqual("\n...\n".utf8) { text.removeLast(4) }
        text.removeLast()
        patch(node.propertiesStart..<node.end, text)
    }

    /// Puts a value behind an indicator that has none.
    private mutating func insert(
        _ value: Value,
        slot: Int,
        lineOf last: Int,
        _ place: Place
    ) throws(CannotPatch) {
        if case .null = value { return }
        if place.isItem || !value.isFullCollection {
            let text = behindIndicator(value, column: slot - source.lineStart(slot), place)
            return patch(slot..<slot, [0x20] + text)
        }
        let end = source.lineEnd(last)
        patch(end..<end, below(value, place))
    }

    /// The text of a value after the blank that follows `:` or `-`.
    private func behindIndicator(_ value: Value, column: Int, _ place: Place) -> [UInt8] {
        var writer = BlockWriter(layout: layout, column: column + 1)
        let indent = place.indent + (place.isItem ? 2 : layout.mappingStep)
        switch value {
        case .map(let map) where !map.isEmpty: writer.writeEntries(map, indent: column + 1)
        case .list(let items) where !items.isEmpty: writer.writeItems(items, indent: column + 1)
        case .map: writer.put("{}")
        case .list: writer.put("[]")
        default: writer.writeScalar(value, indent: indent, role: .value)
        }
        return writer.bytes
    }

    /// A line break and the lines of a collection under its key.
    private func below(_ value: Value, _ place: Place) -> [UInt8] {
        var writer = BlockWriter(layout: layout, column: BlockWriter.width)
        writer.writeValue(value, indent: place.indent)
        return writer.bytes
    }

    /// Replaces a scalar, a flow collection or an alias.
    private mutating func replaceInline(
        _ node: YAMLNode,
        with value: Value,
        slot: Int,
        _ place: Place
    ) throws(CannotPatch) {
        if case .null = value { return try removeInline(node, slot: slot) }
        if node.hasMembersInFlow, value.isCollection {
            return patch(node.propertiesStart..<node.end, Array(FlowText.text(of: value).utf8))
        }
        if case .scalar(_, .literal) = node.kind, let text = literal(value, place) {
            return patch(node.propertiesStart..<node.end, text)
        }
        if !place.isItem, value.isFullCollection {
            try removeInline(node, slot: slot)
            let end = source.lineEnd(node.end)
            return patch(end..<end, below(value, place))
        }
        let column = node.propertiesStart - source.lineStart(node.propertiesStart) - 1
        patch(node.propertiesStart..<node.end, behindIndicator(value, column: column, place))
    }

    private mutating func removeInline(_ node: YAMLNode, slot: Int) throws(CannotPatch) {
        guard source.isBlank(slot..<node.propertiesStart) else { throw CannotPatch() }
        patch(slot..<node.end, [])
    }

    /// A text of several lines in literal style, nil when that style cannot hold it.
    private func literal(_ value: Value, _ place: Place) -> [UInt8]? {
        guard case .string(let text) = value, text.utf8.contains(0x0A), !text.utf8.starts(with: [0x0A]),
            text.utf8.first != 0x20, !text.utf8.reversed().starts(with: [0x0A, 0x0A])
        else { return nil }
        let isWritable = text.unicodeScalars.allSatisfy { $0 == "\n" || ScalarAnalysis.isPlainCharacter($0) }
        guard isWritable, !text.unicodeScalars.contains(where: { $0 != "\n" && ScalarAnalysis.isBreak($0) }) else {
            return nil
        }
        let endsWithBreak = text.utf8.last == 0x0A
        let lines = (endsWithBreak ? text.utf8.dropLast() : text.utf8[...])
            .split(separator: 0x0A, omittingEmptySubsequences: false)
        let indent = place.indent + (place.isItem ? 2 : layout.mappingStep)
        return lines.reduce(into: Array((endsWithBreak ? "|" : "|-").utf8)) { result, line in
            result.append(0x0A)
            if !line.isEmpty { result += [UInt8](repeating: 0x20, count: indent) + line }
        }
    }

    private mutating func replaceBlock(
        _ node: YAMLNode,
        with value: Value,
        slot: Int,
        _ place: Place
    ) throws(CannotPatch) {
        guard node.propertiesStart == node.start else { throw CannotPatch() }
        guard source.lineStart(node.start) > slot else {  // on the line of its dash
            if case .null = value { return patch(slot..<node.end, []) }
            let column = node.start - source.lineStart(node.start) - 1
            return patch(node.start..<node.end, behindIndicator(value, column: column, place))
        }
        let lines = source.lineStart(node.start)..<source.nextLine(node.end)
        if place.isItem || !value.isFullCollection {
            patch(lines, [])
            try insert(value, slot: slot, lineOf: slot, place)
        } else {
            let text = below(value, place).dropFirst()
            patch(lines, text + (lines.upperBound == source.bytes.count && source.lacksFinalBreak ? [] : [0x0A]))
        }
    }
}

extension YAMLNode {
    fileprivate var isBlockCollection: Bool {
        guard !isAlias else { return false }
        return switch kind {
        case .mapping(_, flow: false), .sequence(_, flow: false): true
        default: false
        }
    }

    /// Whether this is a collection in brackets that are not empty: those say nothing of the style wanted.
    fileprivate var hasMembersInFlow: Bool {
        guard !isAlias else { return false }
        return switch kind {
        case .mapping(let entries, flow: true): !entries.isEmpty
        case .sequence(let items, flow: true): !items.isEmpty
        default: false
        }
    }
}

extension Value {
    fileprivate var isCollection: Bool { list != nil || map != nil }

    /// Whether this is a list or mapping with members.
    fileprivate var isFullCollection: Bool {
        switch self {
        case .list(let list): !list.isEmpty
        case .map(let map): !map.isEmpty
        default: false
        }
    }
}
