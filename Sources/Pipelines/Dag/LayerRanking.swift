/// Puts the nodes of a connected graph into layers: dependencies above their dependents.
struct LayerRanking {
    /// For each node the nodes right above it and below it in the drawing, in the order of the lines.
    let parents: [[Int]]
    let children: [[Int]]
    private(set) var layers: [[Int]] = []
    private(set) var rank: [Int]

    init(count: Int, lines: [(upper: Int, lower: Int)]) {
        var parents = [[Int]](repeating: [], count: count)
        var children = parents
        for line in lines {
            parents[line.lower].append(line.upper)
            children[line.upper].append(line.lower)
        }
        self.parents = parents
        self.children = children
        rank = Array(repeating: -1, count: count)
    }

    /// Ranks all nodes; `order` is the order in which nodes without parents enter the first layer.
    mutating func run(order: [Int]) {
        assign(order.filter { parents[$0].isEmpty })
        sink()
    }

    /// Gives each node the first layer below all of its parents.
    private mutating func assign(_ roots: [Int]) {
        var missing = parents.map(\.count)
        var wave = roots
        while !wave.isEmpty {
            var next: [Int] = []
            for node in wave {
                rank[node] = (parents[node].map { rank[$0] }.max() ?? -1) + 1
                while layers.count <= rank[node] {
                    layers.append([])
                }
                layers[rank[node]].append(node)
                for child in children[node] {
                    missing[child] -= 1
                    if missing[child] == 0 {
                        next.append(child)
                    }
                }
            }
            wave = next
        }
    }

    /// Moves nodes down as far as their children allow, which shortens lines.
    ///
    /// Even a node that keeps its layer goes to the layer's end: that decides ties in the drawing.
    private mutating func sink() {
        for level in layers.indices.reversed() {
            for node in layers[level] {
                for parent in parents[node] where children[parent].allSatisfy({ rank[$0] >= rank[node] }) {
                    layers[rank[parent]].removeAll { $0 == parent }
                    rank[parent] = rank[node] - 1
                    layers[rank[parent]].append(parent)
                }
            }
        }
    }
}
