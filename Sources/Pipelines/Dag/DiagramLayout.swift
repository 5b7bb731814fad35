/// The boxes and lines of one connected graph with their places, in characters.
///
/// The layout is the layered one of Sugiyama in the variant of the grandalf library, which DVC uses, so that drawings
/// look alike: lines bend only at the layers, a bend takes the median width of all boxes, and boxes are three rows high
/// with three rows between them.
struct DiagramLayout {
    struct Point {
        var x: Double
        var y: Double
    }

    struct Box {
        let label: String
        /// Horizontally the middle, vertically the upper edge.
        let anchor: Point
        let width: Int
    }

    static let height = 3
    let boxes: [Box]
    let lines: [[Point]]

    static func place(_ graph: DiagramGraph) -> DiagramLayout {
        var builder = DiagramLayoutBuilder(graph)
        return builder.layout()
    }

    /// The drawing, every line padded to the full width.
    func drawn() -> String {
        let xs = boxes.flatMap { [$0.anchor.x - Double($0.width) / 2, $0.anchor.x + Double($0.width) / 2] }
        let ys = boxes.flatMap { [$0.anchor.y, $0.anchor.y + Double(Self.height)] }
        let points = lines.flatMap { $0 }
        let (left, right) = Self.range(xs + points.map(\.x))
        let (top, bottom) = Self.range(ys + points.map(\.y))
        var canvas = TextCanvas(
            columns: TextCanvas.rounded(right.rounded(.up) - left.rounded(.down)) + 1,
            rows: TextCanvas.rounded(bottom - top)
        )
        // Lines first, so that boxes cover their ends.
        for line in lines {
            let cells = line.map { (x: TextCanvas.rounded($0.x - left), y: TextCanvas.rounded($0.y - top)) }
            for (start, end) in zip(cells, cells.dropFirst()) {
                canvas.line(from: start, to: end)
            }
        }
        for box in boxes {
            let x = TextCanvas.rounded(box.anchor.x - Double(box.width) / 2 - left)
            let y = TextCanvas.rounded(box.anchor.y - top)
            canvas.box(x: x, y: y, width: box.width, height: Self.height)
            canvas.write(box.label, x: x + 1, y: y + 1)
        }
        return canvas.text
    }

    private static func range(_ numbers: [Double]) -> (Double, Double) {
        (numbers.min() ?? 0, numbers.max() ?? 0)
    }
}
