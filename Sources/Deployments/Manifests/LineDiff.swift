/// What differs between two texts, line by line.
package enum LineDiff {
    /// Gives a unified diff without its heading, three lines around each change; empty when the texts are equal.
    package static func unified(_ old: String, _ new: String) -> String {
        let (left, right) = (lines(old), lines(new))
        var edits: [(sign: Character, line: Substring)] = []
        var (from, to) = (0, 0)
        for (i, j) in common(left, right) + [(left.count, right.count)] {
            edits += left[from..<i].map { ("-", $0) } + right[to..<j].map { ("+", $0) }
            if i < left.count { edits.append((" ", left[i])) }
            (from, to) = (i + 1, j + 1)
        }
        return hunks(edits)
    }

    private static func lines(_ text: String) -> [Substring] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty ?? false { lines.removeLast() }
        return lines
    }

    /// The pairs of a longest common subsequence. Manifests have a few hundred lines; beyond that only ends are compared.
    private static func common(_ left: [Substring], _ right: [Substring]) -> [(Int, Int)] {
        var start = 0
        while start < min(left.count, right.count), left[start] == right[start] { start += 1 }
        var end = 0
        while end < min(left.count, right.count) - start, left[left.count - 1 - end] == right[right.count - 1 - end] {
            end += 1
        }
        var pairs = (0..<start).map { ($0, $0) }
        let (rows, columns) = (left.count - start - end, right.count - start - end)
        if rows * columns <= 4_000_000 {
            pairs += subsequence(left[start..<(start + rows)], right[start..<(start + columns)])
        }
        pairs += (0..<end).reversed().map { (left.count - 1 - $0, right.count - 1 - $0) }
        return pairs
    }

    private static func subsequence(_ left: ArraySlice<Substring>, _ right: ArraySlice<Substring>) -> [(Int, Int)] {
        let width = right.count + 1
        var lengths = [Int32](repeating: 0, count: (left.count + 1) * width)
        for i in left.indices.reversed() {
            for j in right.indices.reversed() {
                let place = (i - left.startIndex) * width + (j - right.startIndex)
                lengths[place] =
                    left[i] == right[j]
                    ? lengths[place + width + 1] + 1 : max(lengths[place + width], lengths[place + 1])
            }
        }
        var pairs: [(Int, Int)] = []
        var (i, j) = (left.startIndex, right.startIndex)
        while i < left.endIndex, j < right.endIndex {
            let place = (i - left.startIndex) * width + (j - right.startIndex)
            if left[i] == right[j] {
                pairs.append((i, j))
                (i, j) = (i + 1, j + 1)
            } else if lengths[place + width] >= lengths[place + 1] {
                i += 1
            } else {
                j += 1
            }
        }
        return pairs
    }

    private static func hunks(_ edits: [(sign: Character, line: Substring)]) -> String {
        let context = 3
        let changed = edits.indices.filter { edits[$0].sign != " " }
        var text = ""
        var shown = 0..<0
        for index in changed {
            let wanted = max(0, index - context)..<min(edits.count, index + context + 1)
            if wanted.lowerBound > shown.upperBound || text.isEmpty {
                let before = edits[..<wanted.lowerBound]
                let (old, new) = (before.count { $0.sign != "+" }, before.count { $0.sign != "-" })
                text += "@@ -\(old + 1) +\(new + 1) @@\n"
                shown = wanted.lowerBound..<wanted.lowerBound
            }
            for place in max(shown.upperBound, wanted.lowerBound)..<max(shown.upperBound, wanted.upperBound) {
                text += "\(edits[place].sign)\(edits[place].line)\n"
            }
            shown = shown.lowerBound..<max(shown.upperBound, wanted.upperBound)
        }
        return text
    }
}
