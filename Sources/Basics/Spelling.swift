/// Finds the word that a misspelled one may stand for.
package enum Spelling {
    /// The nearest of the words, the first of several; nil when none is near.
    ///
    /// Near is what two mistakes make, in words of up to three letters one: a letter too many, too few, another, or two
    /// letters in each other's place.
    package static func nearest(_ word: String, among words: some Sequence<String>) -> String? {
        let letters = Array(word.unicodeScalars.prefix(limit))
        let tolerance = letters.count > 3 ? 2 : 1
        var best: (word: String, distance: Int)?
        for other in words {
            let others = Array(other.unicodeScalars.prefix(limit))
            if abs(letters.count - others.count) > tolerance { continue }
            let distance = distance(letters, others)
            if distance <= tolerance, distance < best?.distance ?? .max { best = (other, distance) }
        }
        return best?.word
    }

    /// A question to the user about the nearest word; nil when none is near.
    package static func question(_ word: String, among words: some Sequence<String>) -> String? {
        nearest(word, among: words).map { "did you mean '\($0)'?" }
    }

    private static let limit = 60

    /// The number of mistakes between two words.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var previous: [Int] = []
        var row = Array(0...right.count)
        for (index, scalar) in left.enumerated() {
            let (beforePrevious, last) = (previous, row)
            row = [index + 1]
            for (column, other) in right.enumerated() {
                var cost = min(last[column] + (scalar == other ? 0 : 1), row[column] + 1, last[column + 1] + 1)
                if index > 0, column > 0, scalar == right[column - 1], left[index - 1] == other {
                    cost = min(cost, beforePrevious[column - 1] + 1)
                }
                row.append(cost)
            }
            previous = last
        }
        return row[right.count]
    }
}
