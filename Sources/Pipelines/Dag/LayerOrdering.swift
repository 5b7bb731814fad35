/// Orders the vertices of each layer so that few lines cross (barycentre heuristic with exchanges of neighbours).
struct LayerOrdering {
    var vertices: [LayeredVertex]
    var layers: [[Int]]

    init(vertices: [LayeredVertex], layers: [[Int]]) {
        self.vertices = vertices
        self.layers = layers
        for layer in layers.indices {
            number(layer)
        }
    }

    /// One sweep down and up, then one more down.
    mutating func run() {
        if sweepDown() > 0 {
            for layer in layers.indices.reversed() {
                _ = order(layer, by: .down)
            }
        }
        _ = sweepDown()
    }

    private mutating func sweepDown() -> Int {
        var crossings = 0
        for layer in layers.indices {
            crossings += order(layer, by: .up)
        }
        return crossings
    }

    /// Orders one layer by its neighbours in `direction` and returns the crossings that remain.
    private mutating func order(_ layer: Int, by direction: LayerDirection) -> Int {
        guard crossings(of: layer, direction) > 0 else { return 0 }
        for vertex in layers[layer] {
            let weights = vertices[vertex].neighbours(direction).map { vertices[$0].weight }
            if !weights.isEmpty {
                vertices[vertex].weight = weights.reduce(0, +) / Double(weights.count)
            }
        }
        let sorted = layers[layer].enumerated().sorted {
            let (left, right) = (vertices[$0.element].weight, vertices[$1.element].weight)
            return left != right ? left < right : $0.offset < $1.offset
        }
        layers[layer] = sorted.map(\.element)
        let remaining = exchangeNeighbours(in: layer, direction)
        number(layer)
        return remaining
    }

    /// Counts crossings with the next layer as inversions of the neighbours' places.
    private func crossings(of layer: Int, _ direction: LayerDirection) -> Int {
        let places = layers[layer].flatMap { vertex in
            vertices[vertex].neighbours(direction).map { vertices[$0].position }.sorted()
        }
        var counter = InversionCounter(limit: vertices.count)
        return places.reduce(0) { $0 + counter.add($1) }
    }

    /// Exchanges each vertex with the next one where that removes crossings.
    private mutating func exchangeNeighbours(in layer: Int, _ direction: LayerDirection) -> Int {
        var total = 0
        for index in layers[layer].indices.dropLast() {
            let (first, second) = (layers[layer][index], layers[layer][index + 1])
            let left = vertices[first].neighbours(direction).map { vertices[$0].weight }
            var asIs = 0
            var exchanged = 0
            for neighbour in vertices[second].neighbours(direction) {
                let weight = vertices[neighbour].weight
                let crossing = left.count { $0 > weight }
                asIs += crossing
                exchanged += left.count - crossing
            }
            if exchanged < asIs {
                layers[layer].swapAt(index, index + 1)
            }
            total += min(asIs, exchanged)
        }
        return total
    }

    private mutating func number(_ layer: Int) {
        let step = layers[layer].count > 1 ? 1.0 / Double(layers[layer].count - 1) : 1.0
        for (place, vertex) in layers[layer].enumerated() {
            vertices[vertex].position = place
            vertices[vertex].weight = Double(place) * step
        }
    }
}
