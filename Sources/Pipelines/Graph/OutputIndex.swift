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
            guard let outer = trie.prefixes(of: PathTrie.components(of: node.file)).first else { continue }
            throw .stageInsideOutput(stage: node.address, output: entries[outer].label)
        }
    }

    /// The stages whose outputs contain the path, equal it or lie below it.
    func owners(of path: String) -> [Int] {
        let components = PathTrie.components(of: path)
        return (trie.prefixes(of: components) + trie.values(below: components)).map { entries[$0].stage }
    }

    private mutating func add(_ output: StageNode.Output, stage: Int, nodes: [StageNode]) throws(StageGraphError) {
        let components = PathTrie.components(of: output.path)
        let new = Entry(stage: stage, label: output.label)
        if let existing = trie.value(at: components) {
            let stages = stage == entries[existing].stage ? [stage] : [stage, entries[existing].stage]
            throw .duplicateOutput(output: output.label, stages: stages.map { nodes[$0].address })
        }
        if let inner = trie.values(below: components).first {
            throw OutputIndex.overlap(outer: new, inner: entries[inner], nodes)
        }
        if let outer = trie.prefixes(of: components).first {
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
