/// Tells whether one word may be a misspelling of another.
enum EditDistance {
    /// Whether at most two letters must be inserted, removed or replaced.
    static func isSmall(_ word: String, _ other: String) -> Bool {
        let (left, right) = (Array(word.unicodeScalars.prefix(40)), Array(other.unicodeScalars.prefix(40)))
        guard abs(left.count - right.count) <= 2 else { return false }
        var row = Array(0...right.count)
        for (index, scalar) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in right.indices {
                let cost = min(diagonal + (scalar == right[column] ? 0 : 1), row[column] + 1, row[column + 1] + 1)
                diagonal = row[column + 1]
                row[column + 1] = cost
            }
        }
        return row[right.count] <= 2
    }
}
