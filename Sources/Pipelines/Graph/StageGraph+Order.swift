extension StageGraph {
    /// Which part of the graph a set of targets stands for.
    package enum Scope: Sendable, Hashable {
        /// The targets and all they depend on.
        case upstream
        /// The targets and all that depends on them.
        case downstream
        /// Every stage connected with a target.
        case pipeline
        /// The targets alone, in the order given.
        case single
    }

    /// The order in which the stages for `targets` run: every stage after those it depends on.
    ///
    /// It is a depth-first search, leaves first, over the stages in the order of the graph. No targets means all stages.
    package func order(targets: [Int]? = nil, scope: Scope = .upstream) -> [Int] {
        guard let targets, !targets.isEmpty else { return postorder(nodes.indices) { _ in true } }
        switch scope {
        case .single:
            var seen: Set<Int> = []
            return targets.filter { seen.insert($0).inserted }
        case .upstream: return order(within: ancestors(of: targets))
        case .downstream: return order(within: descendants(of: targets))
        case .pipeline: return pipelineOrder(targets)
        }
    }

    /// The stages themselves and all they depend on.
    package func ancestors(of stages: [Int]) -> Set<Int> {
        reachable(from: stages, along: upstream)
    }

    /// The stages themselves and all that depends on them.
    package func descendants(of stages: [Int]) -> Set<Int> {
        reachable(from: stages, along: downstream)
    }

    /// The groups of stages that are connected with each other, by their first stage.
    package func components() -> [[Int]] {
        var component = [Int?](repeating: nil, count: nodes.count)
        var count = 0
        for start in nodes.indices where component[start] == nil {
            var stack = [start]
            component[start] = count
            while let node = stack.popLast() {
                for next in upstream[node] + downstream[node] where component[next] == nil {
                    component[next] = count
                    stack.append(next)
                }
            }
            count += 1
        }
        var groups = [[Int]](repeating: [], count: count)
        for (node, group) in component.enumerated() {
            if let group {
                groups[group].append(node)
            }
        }
        return groups
    }

    private func order(within members: Set<Int>) -> [Int] {
        postorder(members.sorted()) { members.contains($0) }
    }

    /// Pipelines follow each other in the order of the targets.
    private func pipelineOrder(_ targets: [Int]) -> [Int] {
        let groups = components()
        var used: [Int] = []
        for target in targets {
            if let group = groups.firstIndex(where: { $0.contains(target) }), !used.contains(group) {
                used.append(group)
            }
        }
        return postorder(used.flatMap { groups[$0] }) { _ in true }
    }

    private func postorder(_ starts: some Sequence<Int>, include: (Int) -> Bool) -> [Int] {
        var seen = [Bool](repeating: false, count: nodes.count)
        var result: [Int] = []
        for start in starts where !seen[start] {
            seen[start] = true
            var stack = [(node: start, next: 0)]
            while let (node, next) = stack.last {
                guard next < upstream[node].count else {
                    result.append(node)
                    stack.removeLast()
                    continue
                }
                stack[stack.count - 1].next += 1
                let target = upstream[node][next]
                if !seen[target], include(target) {
                    seen[target] = true
                    stack.append((target, 0))
                }
            }
        }
        return result
    }

    private func reachable(from starts: [Int], along edges: [[Int]]) -> Set<Int> {
        var found = Set(starts)
        var stack = starts
        while let node = stack.popLast() {
            for next in edges[node] where found.insert(next).inserted {
                stack.append(next)
            }
        }
        return found
    }
}
