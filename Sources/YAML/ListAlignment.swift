import Values

/// Matches the elements of an old list with those of a new one.
struct ListAlignment {
    enum Step: Equatable {
        /// The old element stays; when the values differ it is changed.
        case pair(old: Int, new: Int)
        case remove(old: Int)
        case insert(new: Int)
    }

    /// Above this many comparisons only equal beginnings and ends are matched.
    private static let comparisonLimit = 1_000_000

    private let old: [Value]
    private let new: [Value]
    private(set) var steps: [Step] = []

    init(old: [Value], new: [Value]) {
        self.old = old
        self.new = new
        var start = 0
        while start < min(old.count, new.count), old[start].isSame(as: new[start]) { start += 1 }
        var tail = 0
        while tail < min(old.count, new.count) - start,
            old[old.count - 1 - tail].isSame(as: new[new.count - 1 - tail])
        {
            tail += 1
        }
        steps = (0..<start).map { .pair(old: $0, new: $0) }
        align(start..<old.count - tail, start..<new.count - tail)
        steps += (0..<tail).map { .pair(old: old.count - tail + $0, new: new.count - tail + $0) }
    }

    private mutating func align(_ oldRange: Range<Int>, _ newRange: Range<Int>) {
        var oldStart = oldRange.lowerBound
        var newStart = newRange.lowerBound
        for match in matches(oldRange, newRange) {
            alignGap(oldStart..<match.old, newStart..<match.new)
            steps.append(.pair(old: match.old, new: match.new))
            (oldStart, newStart) = (match.old + 1, match.new + 1)
        }
        alignGap(oldStart..<oldRange.upperBound, newStart..<newRange.upperBound)
    }

    /// Elements between equal ones change in their order; what is over is removed or inserted.
    private mutating func alignGap(_ oldRange: Range<Int>, _ newRange: Range<Int>) {
        steps += zip(oldRange, newRange).map { .pair(old: $0, new: $1) }
        steps += oldRange.dropFirst(newRange.count).map { .remove(old: $0) }
        steps += newRange.dropFirst(oldRange.count).map { .insert(new: $0) }
    }

    /// A longest common subsequence; of several, one with most elements at their old places.
    private func matches(_ oldRange: Range<Int>, _ newRange: Range<Int>) -> [(old: Int, new: Int)] {
        let (height, width) = (oldRange.count, newRange.count)
        guard height > 0, width > 0, height * width <= Self.comparisonLimit else { return [] }
        var best = [[Int]](repeating: [Int](repeating: 0, count: width + 1), count: height + 1)
        var gains = [[Int]](repeating: [Int](repeating: 0, count: width), count: height)
        let unit = min(height, width) + 1
        for row in (0..<height).reversed() {
            for column in (0..<width).reversed() {
                let (first, second) = (oldRange.lowerBound + row, newRange.lowerBound + column)
                best[row][column] = max(best[row + 1][column], best[row][column + 1])
                guard old[first].isSame(as: new[second]) else { continue }
                gains[row][column] = first == second ? unit + 1 : unit
                best[row][column] = max(best[row][column], best[row + 1][column + 1] + gains[row][column])
            }
        }
        var result: [(old: Int, new: Int)] = []
        var (row, column) = (0, 0)
        while row < height, column < width {
            if gains[row][column] > 0, best[row][column] == best[row + 1][column + 1] + gains[row][column] {
                result.append((oldRange.lowerBound + row, newRange.lowerBound + column))
                (row, column) = (row + 1, column + 1)
            } else if best[row + 1][column] >= best[row][column + 1] {
                row += 1
            } else {
                column += 1
            }
        }
        return result
    }
}
