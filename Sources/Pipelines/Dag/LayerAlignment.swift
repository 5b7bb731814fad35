/// Finds horizontal places for ordered layers after Brandes and Köpf: "Fast and Simple Horizontal Coordinate
/// Assignment" (2001). Four extreme alignments are computed, and each vertex gets the mean of the middle two.
struct LayerAlignment {
    private let vertices: [LayeredVertex]
    private let layers: [[Int]]
    /// The least space between two vertices of a layer.
    private let gap: Double
    private var conflicts: Set<Line> = []

    private struct Line: Hashable {
        let upper: Int
        let lower: Int
    }

    init(_ ordering: LayerOrdering, gap: Double) {
        vertices = ordering.vertices
        layers = ordering.layers
        self.gap = gap
        markConflicts()
    }

    /// The horizontal centres of all vertices.
    func centres() -> [Double] {
        var places = [[Double]](repeating: [], count: vertices.count)
        for direction in [LayerDirection.up, .down] {
            for isLeftmost in [true, false] {
                let blocks = align(direction, isLeftmost: isLeftmost)
                var compaction = LayerCompaction(vertices, layers, blocks: blocks, gap: gap, isLeftmost: isLeftmost)
                let found = compaction.run(direction)
                for vertex in vertices.indices {
                    places[vertex].append(found[vertex])
                }
            }
        }
        return places.map { place in
            let sorted = place.sorted()
            return (sorted[1] + sorted[2]) / 2
        }
    }

    /// Marks lines that cross a straight run between two bends; those runs have the right of way.
    private mutating func markConflicts() {
        for (upper, layer) in zip(layers, layers.dropFirst()) {
            var leftBound = 0
            var start = 0
            for (index, vertex) in layer.enumerated() where vertices[vertex].isBend {
                let bendAbove = vertices[vertex].above.last.flatMap { vertices[$0].isBend ? $0 : nil }
                guard bendAbove != nil || index == layer.count - 1 else { continue }
                let rightBound = bendAbove.map { vertices[$0].position } ?? upper.count - 1
                for lower in layer[start...index] {
                    for neighbour in vertices[lower].above {
                        let place = vertices[neighbour].position
                        if place < leftBound || place > rightBound {
                            conflicts.insert(Line(upper: neighbour, lower: lower))
                        }
                    }
                }
                start = index + 1
                leftBound = rightBound
            }
        }
    }

    /// Chains vertices that shall stand in one vertical line, each with its median neighbour.
    private func align(_ direction: LayerDirection, isLeftmost: Bool) -> LayerBlocks {
        var blocks = LayerBlocks(count: vertices.count)
        let sign = isLeftmost ? 1 : -1
        let order = direction == .up ? Array(layers.indices.dropFirst()) : layers.indices.dropLast().reversed()
        for level in order {
            let fixed = layers[direction == .up ? level - 1 : level + 1]
            var last: Int?
            for vertex in isLeftmost ? layers[level] : layers[level].reversed() {
                for median in medians(of: vertex, direction, isLeftmost: isLeftmost) {
                    let partner = fixed[median]
                    let line =
                        direction == .up ? Line(upper: partner, lower: vertex) : Line(upper: vertex, lower: partner)
                    guard blocks.next[vertex] == vertex, !conflicts.contains(line) else { continue }
                    if let last, sign * last >= sign * median { continue }
                    blocks.join(vertex, below: partner)
                    last = median
                }
            }
        }
        return blocks
    }

    private func medians(of vertex: Int, _ direction: LayerDirection, isLeftmost: Bool) -> [Int] {
        var places = vertices[vertex].neighbours(direction).map { vertices[$0].position }.sorted()
        guard !places.isEmpty else { return [] }
        if !isLeftmost {
            places.reverse()
        }
        let middle = (places.count - 1) / 2
        return places.count % 2 == 1 ? [places[middle]] : [places[middle], places[middle + 1]]
    }
}
