/// The stages of a project and which of them reads what another writes.
///
/// Stages are named by their position in ``nodes``. All results follow the order of the nodes, so they are the same in
/// every run; DVC leaves some of these orders to chance.
package struct StageGraph: Sendable {
    package let nodes: [StageNode]
    /// For each stage the stages it depends on, in the order of its dependencies.
    package let upstream: [[Int]]
    /// For each stage the stages that depend on it.
    package let downstream: [[Int]]

    /// Connects `nodes`: a dependency belongs to the output that equals it, contains it or lies inside it.
    package init(_ nodes: [StageNode]) throws(StageGraphError) {
        self.nodes = nodes
        let outputs = try OutputIndex(nodes)
        upstream = nodes.map { node in
            var seen: Set<Int> = []
            return node.dependencies.flatMap { outputs.owners(of: $0) }.filter { seen.insert($0).inserted }
        }
        downstream = StageGraph.reversed(upstream)
        try checkAcyclic()
    }

    private init(nodes: [StageNode], upstream: [[Int]]) {
        self.nodes = nodes
        self.upstream = upstream
        downstream = StageGraph.reversed(upstream)
    }

    private static func reversed(_ edges: [[Int]]) -> [[Int]] {
        var result = [[Int]](repeating: [], count: edges.count)
        for (from, targets) in edges.enumerated() {
            for target in targets {
                result[target].append(from)
            }
        }
        return result
    }

    /// The graph that reproduction works on: frozen stages have no dependencies.
    package func active() -> StageGraph {
        let edges = nodes.indices.map { nodes[$0].isFrozen ? [] : upstream[$0] }
        return StageGraph(nodes: nodes, upstream: edges)
    }

    /// The same stages as if none depended on another.
    package func withoutEdges() -> StageGraph {
        StageGraph(nodes: nodes, upstream: nodes.map { _ in [] })
    }

    /// The position of the stage of that address.
    package func index(of address: String) -> Int? {
        nodes.firstIndex { $0.address == address }
    }

    private func checkAcyclic() throws(StageGraphError) {
        var search = CycleSearch(upstream)
        guard let cycle = search.cycle() else { return }
        throw .cycle(stages: cycle.map { nodes[$0].address })
    }
}
