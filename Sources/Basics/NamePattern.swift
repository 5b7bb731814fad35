/// Matches a name with a pattern of `*`, `?` and `[…]`, as Python's `fnmatchcase` does.
package enum NamePattern {
    /// Whether the whole name matches the pattern.
    package static func matches(_ name: String, _ pattern: String) -> Bool {
        if !pattern.utf8.contains(where: { $0 == 0x2A || $0 == 0x3F || $0 == 0x5B }) {
            return name.utf8.elementsEqual(pattern.utf8)
        }
        let name = Array(name.unicodeScalars)
        let tokens = tokens(Array(pattern.unicodeScalars))
        var (place, next) = (0, 0)
        var retry: (place: Int, next: Int)?
        while place < name.count {
            if next < tokens.count, case .any = tokens[next] {
                next += 1
                retry = (place, next)
            } else if next < tokens.count, tokens[next].matches(name[place]) {
                place += 1
                next += 1
            } else if let last = retry {
                retry = (last.place + 1, last.next)
                (place, next) = (last.place + 1, last.next)
            } else {
                return false
            }
        }
        return tokens[next...].allSatisfy { if case .any = $0 { true } else { false } }
    }

    private enum Token {
        case any
        case one
        case literal(Unicode.Scalar)
        case set([ClosedRange<Unicode.Scalar>], isInverted: Bool)

        func matches(_ scalar: Unicode.Scalar) -> Bool {
            switch self {
            case .any, .one: true
            case .literal(let literal): literal == scalar
            case .set(let ranges, let isInverted): ranges.contains { $0.contains(scalar) } != isInverted
            }
        }
    }

    private static func tokens(_ pattern: [Unicode.Scalar]) -> [Token] {
        var tokens: [Token] = []
        var place = 0
        while place < pattern.count {
            defer { place += 1 }
            switch pattern[place] {
            case "*": tokens.append(.any)
            case "?": tokens.append(.one)
            case "[":
                if let (set, end) = set(pattern, from: place + 1) {
                    tokens.append(set)
                    place = end
                } else {
                    tokens.append(.literal("["))
                }
            default: tokens.append(.literal(pattern[place]))
            }
        }
        return tokens
    }

    private static func set(_ pattern: [Unicode.Scalar], from start: Int) -> (Token, end: Int)? {
        var place = start
        let isInverted = place < pattern.count && pattern[place] == "!"
        if isInverted { place += 1 }
        let first = place
        guard let end = pattern.indices.first(where: { $0 > first && pattern[$0] == "]" }) else { return nil }
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        while place < end {
            if place + 2 < end, pattern[place + 1] == "-" {
                if pattern[place] <= pattern[place + 2] { ranges.append(pattern[place]...pattern[place + 2]) }
                place += 3
            } else {
                ranges.append(pattern[place]...pattern[place])
                place += 1
            }
        }
        return (.set(ranges, isInverted: isInverted), end)
    }
}
