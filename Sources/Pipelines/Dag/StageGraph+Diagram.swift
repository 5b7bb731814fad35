extension StageGraph {
    /// The stages as a drawing, named by their addresses.
    package var diagram: DiagramGraph {
        let edges = upstream.enumerated().flatMap { stage, others in
            others.map { DiagramGraph.Edge(dependent: stage, dependency: $0) }
        }
        return DiagramGraph(labels: nodes.map(\.address), edges: edges)
    }

    /// The outputs as a drawing: each depends on those that its stage reads.
    package func outputDiagram() throws(StageGraphError) -> DiagramGraph {
        let index = try OutputIndex(nodes)
        let all = index.positions
        var places = [Int](repeating: 0, count: all.count)
        for (place, position) in all.enumerated() { places[position] = place }
        var edges: [DiagramGraph.Edge] = []
        var first = 0
        for node in nodes {
            let own = first..<first + node.outputs.count
            first = own.upperBound
            for read in node.dependencies.map(index.positions(overlapping:)) {
                edges += own.flatMap { output in
                    read.map { DiagramGraph.Edge(dependent: places[output], dependency: places[$0]) }
                }
            }
        }
        return DiagramGraph(labels: all.map { index.label(at: $0) }, edges: edges)
    }
}
