/// Vertices chained to vertical blocks, each block a ring that starts at its root.
struct LayerBlocks {
    private(set) var root: [Int]
    private(set) var next: [Int]

    init(count: Int) {
        root = Array(0..<count)
        next = root
    }

    mutating func join(_ vertex: Int, below partner: Int) {
        next[partner] = vertex
        root[vertex] = root[partner]
        next[vertex] = root[vertex]
    }
}
