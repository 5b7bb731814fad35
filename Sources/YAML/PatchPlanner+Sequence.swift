import Values

extension PatchPlanner {
    mutating func updateSequence(
        _ node: YAMLNode,
        _ items: [YAMLNode],
        isFlow: Bool,
        to list: [Value],
        at place: Place
    ) throws(CannotPatch) {
        let indent = node.column - 1
        let alignment = ListAlignment(old: items.map(\.value), new: list)
        var isKept = [Bool](repeating: true, count: items.count)
        var previous: Int?
        for step in alignment.steps {
            switch step {
            case .pair(let old, let new):
                let slot = isFlow ? nil : items[old].indicator + 1
                try update(
                    items[old],
                    to: list[new],
                    at: Place(slot: slot, indent: indent, isItem: true, isFlow: isFlow)
                )
                previous = old
            case .remove(let old):
                isKept[old] = false
                if !isFlow { previous = old }
            case .insert(let new):
                let before = previous.map { Self.span(items[$0]) }
                insert(list[new], after: before, before: Self.span(items[0]), indent: indent, isFlow: isFlow)
            }
        }
        try remove(items.map(Self.span), isKept: isKept, isFlow: isFlow)
    }

    private static func span(_ item: YAMLNode) -> Range<Int> {
        min(item.propertiesStart, item.indicator)..<max(item.end, item.indicator + 1)
    }

    private mutating func insert(
        _ value: Value,
        after previous: Range<Int>?,
        before first: Range<Int>,
        indent: Int,
        isFlow: Bool
    ) {
        if isFlow {
            let text = FlowText.text(of: value)
            let offset = previous?.upperBound ?? first.lowerBound
            patch(offset..<offset, Array((previous == nil ? text + ", " : ", " + text).utf8))
        } else if let previous {
            insertLines(after: previous.upperBound, indent: indent) { $0.writeItems([value], indent: indent) }
        } else {
            var writer = BlockWriter(layout: layout, column: indent)
            writer.writeItems([value], indent: indent)
            writer.newLine(indent)
            patch(first.lowerBound..<first.lowerBound, writer.bytes)
        }
    }
}
