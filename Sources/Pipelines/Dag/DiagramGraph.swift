/// A graph to draw: labelled boxes and lines from each box to those it depends on.
package struct DiagramGraph: Sendable, Hashable {
    /// A line from a node to one it depends on.
    package struct Edge: Sendable, Hashable {
        package let dependent: Int
        package let dependency: Int

        package init(dependent: Int, dependency: Int) {
            self.dependent = dependent
            self.dependency = dependency
        }
    }

    package let labels: [String]
    /// Without doubles, in the order of the dependents and then of their dependencies.
    package let edges: [Edge]

    /// Creates a graph of `labels`; edges with unknown ends and repeated ones are dropped.
    package init(labels: [String], edges: [Edge]) {
        self.labels = labels
        var seen: Set<Edge> = []
        let valid = edges.filter {
            labels.indices.contains($0.dependent) && labels.indices.contains($0.dependency) && seen.insert($0).inserted
        }
        var byDependent = [[Edge]](repeating: [], count: labels.count)
        for edge in valid {
            byDependent[edge.dependent].append(edge)
        }
        self.edges = byDependent.flatMap { $0 }
    }

    /// The parts that have no line between them, by their first node.
    package func components() -> [DiagramGraph] {
        let group = componentNumbers()
        let count = (group.max() ?? -1) + 1
        var members = [[Int]](repeating: [], count: count)
        var lines = [[Edge]](repeating: [], count: count)
        var position = [Int](repeating: 0, count: labels.count)
        for node in labels.indices {
            position[node] = members[group[node]].count
            members[group[node]].append(node)
        }
        for edge in edges {
            lines[group[edge.dependent]].append(
                Edge(dependent: position[edge.dependent], dependency: position[edge.dependency])
            )
        }
        return zip(members, lines).map { DiagramGraph(labels: $0.map { labels[$0] }, edges: $1) }
    }

    private func componentNumbers() -> [Int] {
        var neighbours = [[Int]](repeating: [], count: labels.count)
        for edge in edges {
            neighbours[edge.dependent].append(edge.dependency)
            neighbours[edge.dependency].append(edge.dependent)
        }
        var group = [Int](repeating: -1, count: labels.count)
        var count = 0
        for start in labels.indices where group[start] < 0 {
            group[start] = count
            var stack = [start]
            while let node = stack.popLast() {
                for next in neighbours[node] where group[next] < 0 {
                    group[next] = count
                    stack.append(next)
                }
            }
            count += 1
        }
        return group
    }
}
