import Glibc

/// A grid of characters to draw boxes, lines and labels on.
struct TextCanvas {
    private let columns: Int
    private let rows: Int
    private var cells: [Unicode.Scalar]

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        cells = Array(repeating: " ", count: columns * rows)
    }

    var text: String {
        var result = String.UnicodeScalarView()
        for row in 0..<rows {
            if row > 0 {
                result.append("\n")
            }
            result.append(contentsOf: cells[row * columns..<(row + 1) * columns])
        }
        return String(result)
    }

    /// Draws what lies on the canvas and ignores the rest.
    mutating func point(_ x: Int, _ y: Int, _ character: Unicode.Scalar) {
        guard (0..<columns).contains(x), (0..<rows).contains(y) else { return }
        cells[y * columns + x] = character
    }

    mutating func box(x: Int, y: Int, width: Int, height: Int) {
        let right = x + width - 1
        let bottom = y + height - 1
        for column in x...max(x, right) {
            point(column, y, "-")
            point(column, bottom, "-")
        }
        for row in y...max(y, bottom) {
            point(x, row, "|")
            point(right, row, "|")
        }
        for (column, row) in [(x, y), (right, y), (x, bottom), (right, bottom)] {
            point(column, row, "+")
        }
    }

    mutating func write(_ label: String, x: Int, y: Int) {
        for (offset, scalar) in label.unicodeScalars.enumerated() {
            point(x + offset, y, scalar)
        }
    }

    /// Draws a straight line of stars, stepping along its longer side.
    mutating func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int)) {
        let (left, right) = start.x > end.x ? (end, start) : (start, end)
        let width = right.x - left.x
        let height = right.y - left.y
        if width >= abs(height) {
            for x in left.x...right.x {
                let rise = width == 0 ? 0 : TextCanvas.rounded(Double((x - left.x) * height) / Double(width))
                point(x, left.y + rise, "*")
            }
            return
        }
        // Counted from the upper end with the slope of the whole line, which decides how halves are rounded.
        let top = height > 0 ? left : right
        for y in min(left.y, right.y)...max(left.y, right.y) {
            point(top.x + TextCanvas.rounded(Double((y - top.y) * width) / Double(height)), y, "*")
        }
    }

    /// Rounds halves to even, as Python does.
    static func rounded(_ number: Double) -> Int {
        Int(exactly: number.rounded(.toNearestOrEven)) ?? 0
    }
}
