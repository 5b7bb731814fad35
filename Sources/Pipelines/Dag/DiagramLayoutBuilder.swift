/// Computes the layout of one connected graph.
struct DiagramLayoutBuilder {
    private let labels: [String]
    private let widths: [Int]
    /// Boxes in the order in which their lines join them, which decides ties.
    private let order: [Int]
    private let lines: [(upper: Int, lower: Int)]
    /// The positions in `lines` in the order of the graph.
    private let lineOrder: [Int]
    private var vertices: [LayeredVertex] = []
    private var layers: [[Int]] = []
    /// For each line the bends between its ends, from the top.
    private var bends: [[Int]] = []

    private static let rowsPerLayer = 6.0

    init(_ graph: DiagramGraph) {
        labels = graph.labels.map { " \($0) " }
        widths = labels.map { $0.unicodeScalars.count + 2 }
        let edges = DiagramLayoutBuilder.acyclic(graph)
        order = DiagramLayoutBuilder.mergeOrder(count: graph.labels.count, edges)
        // Lines are gathered box by box, each at the first of its ends.
        var touching = [[Int]](repeating: [], count: graph.labels.count)
        for (index, edge) in edges.enumerated() {
            touching[edge.upper].append(index)
            touching[edge.lower].append(index)
        }
        var isTaken = [Bool](repeating: false, count: edges.count)
        var ordered: [Int] = []
        for box in order {
            for index in touching[box] where !isTaken[index] {
                isTaken[index] = true
                ordered.append(index)
            }
        }
        lines = ordered.map { edges[$0] }
        lineOrder = ordered.indices.sorted { ordered[$0] < ordered[$1] }
        rankBoxes(edges)
    }

    mutating func layout() -> DiagramLayout {
        addBends()
        connect()
        var ordering = LayerOrdering(vertices: vertices, layers: layers)
        ordering.run()
        let centres = LayerAlignment(ordering, gap: Double(widths.min() ?? 0)).centres()
        let anchors = vertices.indices.map { vertex in
            let y = Double(vertices[vertex].rank) * Self.rowsPerLayer + Double(DiagramLayout.height) / 2
            return DiagramLayout.Point(x: centres[vertex], y: y)
        }
        let boxes = order.map {
            DiagramLayout.Box(label: labels[$0], anchor: anchors[$0], width: widths[$0])
        }
        return DiagramLayout(boxes: boxes, lines: lines.indices.map { route($0, anchors) })
    }

    /// The lines from the top down; those that would close a cycle are turned round.
    private static func acyclic(_ graph: DiagramGraph) -> [(upper: Int, lower: Int)] {
        var below = [[Int]](repeating: [], count: graph.labels.count)
        let edges = graph.edges.filter { $0.dependent != $0.dependency }
        for (index, edge) in edges.enumerated() {
            below[edge.dependency].append(index)
        }
        var state = [Int](repeating: 0, count: graph.labels.count)
        var isTurned = [Bool](repeating: false, count: edges.count)
        for start in graph.labels.indices where state[start] == 0 {
            state[start] = 1
            var stack = [(node: start, next: 0)]
            while let (node, next) = stack.last {
                guard next < below[node].count else {
                    state[node] = 2
                    stack.removeLast()
                    continue
                }
                stack[stack.count - 1].next += 1
                let edge = below[node][next]
                switch state[edges[edge].dependent] {
                case 0:
                    state[edges[edge].dependent] = 1
                    stack.append((edges[edge].dependent, 0))
                case 1: isTurned[edge] = true
                default: break
                }
            }
        }
        return edges.indices.map { index in
            let edge = edges[index]
            return isTurned[index]
                ? (upper: edge.dependent, lower: edge.dependency) : (upper: edge.dependency, lower: edge.dependent)
        }
    }

    /// Joins the boxes of each line in turn; the group of the lower end follows that of the upper.
    private static func mergeOrder(count: Int, _ edges: [(upper: Int, lower: Int)]) -> [Int] {
        var group = Array(0..<count)
        var members = (0..<count).map { [$0] }
        for edge in edges {
            let (into, from) = (group[edge.upper], group[edge.lower])
            guard into != from else { continue }
            for node in members[from] {
                group[node] = into
            }
            members[into] += members[from]
            members[from] = []
        }
        return members.max { $0.count < $1.count } ?? []
    }

    private mutating func rankBoxes(_ edges: [(upper: Int, lower: Int)]) {
        var ranking = LayerRanking(count: labels.count, lines: edges)
        ranking.run(order: order)
        vertices = labels.indices.map {
            LayeredVertex(width: Double(widths[$0]), isBend: false, rank: ranking.rank[$0])
        }
        layers = ranking.layers
    }

    private mutating func addBends() {
        let width = Double(widths.sorted()[widths.count / 2])
        for line in lines {
            var path: [Int] = []
            let (from, to) = (vertices[line.upper].rank, vertices[line.lower].rank)
            for rank in from + 1..<max(to, from + 1) {
                path.append(vertices.count)
                layers[rank].append(vertices.count)
                vertices.append(LayeredVertex(width: width, isBend: true, rank: rank))
            }
            bends.append(path)
        }
    }

    /// Notes each vertex's neighbours in the next layers, in the order of the graph's lines.
    private mutating func connect() {
        for line in lineOrder {
            let all = [lines[line].upper] + bends[line] + [lines[line].lower]
            for (upper, lower) in zip(all, all.dropFirst()) {
                vertices[upper].below.append(lower)
                vertices[lower].above.append(upper)
            }
        }
    }

    private func route(_ line: Int, _ anchors: [DiagramLayout.Point]) -> [DiagramLayout.Point] {
        let (upper, lower) = lines[line]
        var points = [anchors[upper]] + bends[line].map { anchors[$0] } + [anchors[lower]]
        let first = points[1]
        let last = points[points.count - 2]
        points[0] = border(of: upper, at: anchors[upper], towards: first)
        points[points.count - 1] = border(of: lower, at: anchors[lower], towards: last)
        return points
    }

    /// Where the way from the middle of a box to `target` leaves the box, whose sides are halved and rounded down.
    private func border(
        of box: Int,
        at anchor: DiagramLayout.Point,
        towards target: DiagramLayout.Point
    ) -> DiagramLayout.Point {
        let (dx, dy) = (target.x - anchor.x, target.y - anchor.y)
        let halfWidth = Double(widths[box] / 2)
        let halfHeight = Double(DiagramLayout.height / 2)
        let corners = [
            (-halfWidth, -halfHeight), (halfWidth, -halfHeight), (halfWidth, halfHeight), (-halfWidth, halfHeight),
        ]
        // Top, right, bottom and left side, the last two from left to right and from bottom to top.
        for (start, end) in [(0, 1), (1, 2), (3, 2), (3, 0)] {
            let (sx, sy) = (corners[end].0 - corners[start].0, corners[end].1 - corners[start].1)
            let determinant = dx * sy - dy * sx
            guard determinant != 0 else { continue }
            let alongSide = (corners[start].0 * dy - corners[start].1 * dx) / determinant
            let alongWay = (corners[start].0 * sy - corners[start].1 * sx) / determinant
            guard (0...1).contains(alongSide), (0...1).contains(alongWay) else { continue }
            return DiagramLayout.Point(x: alongWay * dx + anchor.x, y: alongWay * dy + anchor.y)
        }
        return anchor
    }
}
