extension DiagramGraph {
    /// The part that concerns `targets`: what they depend on or, if `full`, all that is connected with them.
    ///
    /// No targets means everything.
    package func restricted(to targets: [String], full: Bool) -> DiagramGraph {
        guard !targets.isEmpty else { return self }
        let wanted = Set(targets)
        var neighbours = [[Int]](repeating: [], count: labels.count)
        for edge in edges {
            neighbours[edge.dependent].append(edge.dependency)
            if full {
                neighbours[edge.dependency].append(edge.dependent)
            }
        }
        var keep = [Bool](repeating: false, count: labels.count)
        var stack = labels.indices.filter { wanted.contains(labels[$0]) }
        for node in stack {
            keep[node] = true
        }
        while let node = stack.popLast() {
            for next in neighbours[node] where !keep[next] {
                keep[next] = true
                stack.append(next)
            }
        }
        return filtered(keep)
    }

    /// The same graph with the stages of each `foreach` or `matrix` group merged into one node.
    ///
    /// Lines inside a group vanish. Files named `*.dvc` are no stages and stay as they are.
    package func collapsingGroups() -> DiagramGraph {
        var newLabels: [String] = []
        var numbers: [String: Int] = [:]
        let mapping = labels.map { label in
            let name = DiagramGraph.groupName(of: label)
            if let number = numbers[name] {
                return number
            }
            numbers[name] = newLabels.count
            newLabels.append(name)
            return newLabels.count - 1
        }
        let newEdges = edges.map { Edge(dependent: mapping[$0.dependent], dependency: mapping[$0.dependency]) }
        return DiagramGraph(labels: newLabels, edges: newEdges.filter { $0.dependent != $0.dependency })
    }

    private static func groupName(of label: String) -> String {
        guard !label.hasSuffix(".dvc"), let at = label.firstIndex(of: "@") else { return label }
        return String(label[..<at])
    }

    private func filtered(_ keep: [Bool]) -> DiagramGraph {
        var mapping: [Int: Int] = [:]
        var kept: [String] = []
        for node in labels.indices where keep[node] {
            mapping[node] = kept.count
            kept.append(labels[node])
        }
        let lines = edges.compactMap { edge -> Edge? in
            guard let dependent = mapping[edge.dependent], let dependency = mapping[edge.dependency] else { return nil }
            return Edge(dependent: dependent, dependency: dependency)
        }
        return DiagramGraph(labels: kept, edges: lines)
    }
}
