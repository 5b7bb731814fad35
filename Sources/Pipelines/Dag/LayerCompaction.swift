/// Places blocks side by side, as close as their widths allow.
struct LayerCompaction {
    private let vertices: [LayeredVertex]
    private let layers: [[Int]]
    private let blocks: LayerBlocks
    private let gap: Double
    private let isLeftmost: Bool
    private var place: [Double?]
    private var sink: [Int]
    private var shift: [Double]

    /// A block being placed: its root, and the vertex of its ring that comes next.
    private struct Visit {
        let root: Int
        var vertex: Int
        var isPredecessorPlaced = false
    }

    init(_ vertices: [LayeredVertex], _ layers: [[Int]], blocks: LayerBlocks, gap: Double, isLeftmost: Bool) {
        self.vertices = vertices
        self.layers = layers
        self.blocks = blocks
        self.gap = gap
        self.isLeftmost = isLeftmost
        place = Array(repeating: nil, count: vertices.count)
        sink = Array(vertices.indices)
        shift = Array(repeating: .infinity, count: vertices.count)
    }

    /// The horizontal centres of all vertices, blocks being placed in the order of the layers away from `direction`.
    mutating func run(_ direction: LayerDirection) -> [Double] {
        for layer in direction == .up ? layers : layers.reversed() {
            for vertex in isLeftmost ? layer : layer.reversed() where blocks.root[vertex] == vertex {
                placeBlock(vertex)
            }
        }
        let sign: Double = isLeftmost ? 1 : -1
        return vertices.indices.map { vertex in
            let root = blocks.root[vertex]
            let moved = shift[sink[root]]
            let base = sign * (place[root] ?? 0)
            return moved < .infinity ? base + sign * moved : base
        }
    }

    private mutating func placeBlock(_ root: Int) {
        guard place[root] == nil else { return }
        place[root] = 0
        var stack = [Visit(root: root, vertex: root)]
        while let visit = stack.last {
            if let before = predecessor(of: visit.vertex) {
                let other = blocks.root[before]
                if !visit.isPredecessorPlaced {
                    stack[stack.count - 1].isPredecessorPlaced = true
                    if place[other] == nil {
                        place[other] = 0
                        stack.append(Visit(root: other, vertex: other))
                        continue
                    }
                }
                push(
                    visit.root,
                    from: other,
                    distance: gap + (vertices[before].width + vertices[visit.vertex].width) / 2
                )
            }
            let next = blocks.next[visit.vertex]
            if next == visit.root {
                stack.removeLast()
            } else {
                stack[stack.count - 1] = Visit(root: visit.root, vertex: next)
            }
        }
    }

    private mutating func push(_ root: Int, from other: Int, distance: Double) {
        let own = place[root] ?? 0
        let limit = (place[other] ?? 0) + distance
        if sink[root] == root {
            sink[root] = sink[other]
        }
        if sink[root] == sink[other] {
            place[root] = max(own, limit)
        } else {
            shift[sink[other]] = min(shift[sink[other]], own - limit)
        }
    }

    private func predecessor(of vertex: Int) -> Int? {
        let layer = layers[vertices[vertex].rank]
        let index = vertices[vertex].position - (isLeftmost ? 1 : -1)
        return layer.indices.contains(index) ? layer[index] : nil
    }
}
