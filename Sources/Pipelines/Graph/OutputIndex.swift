/// The outputs of all stages by path, checked for doubles and overlaps.
struct OutputIndex {
    private struct Entry {
        let stage: Int
        let label: String
    }

    private var trie: PathTrie
    private var entries: [Entry] = []

    init(_ nodes: [StageNode]) throws(StageGraphError) {
        trie = PathTrie(minimumCapacity: nodes.count * 2)
        for (stage, node) in nodes.enumerated() {
            for output in node.outputs {
                try add(output, stage: stage, nodes: nodes)
            }
        }
        for node in nodes {
            guard let outer = trie.match(PathTrie.components(of: node.file)).outermost else { continue }
            throw .stageInsideOutput(stage: node.address, output: entries[outer].label)
        }
    }

    /// The stages whose outputs contain the path, equal it or lie below it.
    func owners(of path: String) -> [Int] {
        positions(overlapping: path).map { entries[$0].stage }
    }

    /// The outputs that contain the path, equal it or lie below it, by their positions in the order of the stages.
    func positions(overlapping path: String) -> [Int] {
        let match = trie.match(PathTrie.components(of: path))
        let onTheWay = match.above + (match.exact.map { [$0] } ?? [])
        return onTheWay + trie.values(below: match)
    }

    /// All outputs, those of one folder together.
    var positions: [Int] { trie.values(below: trie.match([])) }

    func label(at position: Int) -> String { entries[position].label }

    private mutating func add(_ output: StageNode.Output, stage: Int, nodes: [StageNode]) throws(StageGraphError) {
        let components = PathTrie.components(of: output.path)
        let new = Entry(stage: stage, label: output.label)
        let match = trie.match(components)
        if let existing = match.exact {
            let stages = stage == entries[existing].stage ? [stage] : [stage, entries[existing].stage]
            throw .duplicateOutput(output: output.label, stages: stages.map { nodes[$0].address })
        }
        if let inner = trie.values(below: match).first {
            throw OutputIndex.overlap(outer: new, inner: entries[inner], nodes)
        }
        if let outer = match.above.first {
            throw OutputIndex.overlap(outer: entries[outer], inner: new, nodes)
        }
        trie.insert(entries.count, at: components)
        entries.append(new)
    }

    private static func overlap(outer: Entry, inner: Entry, _ nodes: [StageNode]) -> StageGraphError {
        .overlappingOutputs(
            parent: outer.label,
            parentStage: nodes[outer.stage].address,
            inner: inner.label,
            innerStage: nodes[inner.stage].address
        )
    }
}
