extension Table {
    /// The lines of the table, without trailing blanks.
    func lines(_ style: Style) -> [String] {
        let columns = rows.map(\.count).max() ?? headers.count
        let heads = headers.isEmpty ? [] : Self.padFront(headers, to: columns).map(Cell.init(header:))
        let body = rows.map { row in (0..<columns).map { cell(row, $0) } }
        let widths = widths(columns: columns, heads: heads, body: body)
        var lines: [String] = []
        if !heads.isEmpty { lines += layOut(heads, widths, style) }
        if style == .markdown { lines.append(Self.rule(widths)) }
        for row in body { lines += layOut(row, widths, style) }
        return lines
    }

    private func cell(_ row: [String], _ column: Int) -> Cell {
        column < row.count ? Cell(row[column], keepsBlanks: keepsBlanks) : Cell("-", keepsBlanks: false)
    }

    private func widths(columns: Int, heads: [Cell], body: [[Cell]]) -> [Int] {
        (0..<columns).map { column in
            let least = column < heads.count ? heads[column].width + 2 : 0
            return body.reduce(least) { max($0, $1[column].width) }
        }
    }

    private func layOut(_ cells: [Cell], _ widths: [Int], _ style: Style) -> [String] {
        let height = cells.map(\.lines.count).max() ?? 0
        return (0..<height).map { line in
            let padded = cells.indices.map { cells[$0].padded(line: line, to: widths[$0], alignment($0)) }
            switch style {
            case .plain: return Self.trimmingEnd(padded.joined(separator: "  "))
            case .markdown: return "| " + padded.joined(separator: " | ") + " |"
            }
        }
    }

    private func alignment(_ column: Int) -> Alignment {
        column < alignments.count ? alignments[column] : .left
    }

    private static func rule(_ widths: [Int]) -> String {
        "|" + widths.map { String(repeating: "-", count: $0 + 2) }.joined(separator: "|") + "|"
    }

    private static func padFront(_ headers: [String], to count: Int) -> [String] {
        Array(repeating: "", count: max(0, count - headers.count)) + headers.prefix(max(count, 0))
    }

    private static func trimmingEnd(_ text: String) -> String {
        var scalars = Substring(text).unicodeScalars
        while let last = scalars.last, Cell.isBlank(last) { scalars.removeLast() }
        return String(scalars)
    }
}
