import OrderedCollections
import Values

/// Collects the patches that turn the text of a node into that of another value.
struct PatchPlanner {
    /// The change needs a wider part of the text to be written anew.
    struct CannotPatch: Error {}

    /// Where a node stands.
    struct Place {
        /// The byte after the `:` or `-` before the node; nil for the top.
        var slot: Int?
        /// The column of the collection around the node.
        var indent = 0
        var isItem = false
        var isFlow = false
    }

    let source: SourceText
    let layout: BlockWriter.Layout
    /// Whether aliases are replaced by what they stand for, so that their anchors can change.
    let expandsAliases: Bool
    private(set) var patches: [TextPatch] = []
    /// Whether lines were added below a last line without a break, which then gets one.
    var addsLastLine = false

    init(_ document: YAMLDocument, expandsAliases: Bool = false) {
        source = SourceText(document.source)
        layout = document.root?.layout ?? BlockWriter.Layout()
        self.expandsAliases = expandsAliases
    }

    mutating func patch(_ range: Range<Int>, _ bytes: [UInt8]) {
        patches.append(TextPatch(range: range, bytes: source.withLineBreaks(bytes)))
    }

    /// The text with all patches, nil when two of them touch the same bytes.
    func patchedText() -> [UInt8]? {
        guard let text = TextPatch.apply(patches, to: source.bytes) else { return nil }
        return addsLastLine && text.last != 0x0A ? text + source.lineBreak : text
    }

    /// Plans the change of a node to `value`, in the smallest parts that differ.
    mutating func update(_ node: YAMLNode, to value: Value, at place: Place) throws(CannotPatch) {
        if node.isAlias {
            if expandsAliases || !node.value.isSame(as: value) { try replace(node, with: value, at: place) }
            return
        }
        if !expandsAliases, node.value.isSame(as: value) { return }
        let count = patches.count
        do throws(CannotPatch) {
            switch (node.kind, value) {
            case (.mapping(let entries, let isFlow), .map(let map)) where !map.isEmpty && !entries.isEmpty:
                try updateMapping(node, entries, isFlow: isFlow, to: map, at: place)
            case (.sequence(let items, let isFlow), .list(let list)) where !list.isEmpty && !items.isEmpty:
                try updateSequence(node, items, isFlow: isFlow, to: list, at: place)
            default:
                if !node.value.isSame(as: value) { try replace(node, with: value, at: place) }
            }
        } catch {
            patches.removeSubrange(count...)
            try replace(node, with: value, at: place)
        }
    }

    /// Finds the node at a path and where it stands; nil on the way through an alias or merge.
    func place(of path: [YAMLStep], from root: YAMLNode) -> (YAMLNode, Place)? {
        var node = root
        var place = Place()
        for step in path {
            guard let child = node.child(step), !node.isAlias else { return nil }
            let indicator = child.indicator
            let hasIndicator = indicator < source.bytes.count && indicator < child.propertiesStart || child.isEmpty
            switch node.kind {
            case .mapping(let entries, let isFlow):
                guard entries.contains(where: { $0.value.propertiesStart == child.propertiesStart }) else { return nil }
                place = Place(slot: hasIndicator ? indicator + 1 : nil, indent: node.column - 1, isFlow: isFlow)
            case .sequence(_, let isFlow):
                place = Place(
                    slot: isFlow ? nil : indicator + 1,
                    indent: node.column - 1,
                    isItem: true,
                    isFlow: isFlow
                )
            case .scalar: return nil
            }
            node = child
        }
        return (node, place)
    }

    /// The patches that put a value into a document without content.
    mutating func fill(with value: Value) {
        let end = source.bytes.count
        patch(end..<end, (source.lacksFinalBreak ? [0x0A] : []) + YAMLEmitter.emit(value))
    }
}

extension YAMLNode {
    /// The indentation that the text uses, from the first places that show it.
    var layout: BlockWriter.Layout {
        var step: Int?
        var offset: Int?
        findLayout(&step, &offset)
        return BlockWriter.Layout(mappingStep: step ?? 2, dashOffset: offset ?? 0)
    }

    private func findLayout(_ step: inout Int?, _ offset: inout Int?) {
        guard step == nil || offset == nil, !isAlias else { return }
        switch kind {
        case .mapping(let entries, flow: false):
            for entry in entries where entry.value.line > entry.key.line {
                switch entry.value.kind {
                case .mapping(_, flow: false): step = step ?? max(1, entry.value.column - column)
                case .sequence(_, flow: false): offset = offset ?? max(0, entry.value.column - column)
                default: break
                }
            }
            for entry in entries { entry.value.findLayout(&step, &offset) }
        case .sequence(let items, flow: false):
            for item in items { item.findLayout(&step, &offset) }
        default: break
        }
    }
}
