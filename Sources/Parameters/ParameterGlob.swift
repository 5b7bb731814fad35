/// A pattern of `*`, `?` and `[…]` (Python's `fnmatch`, with case).
struct ParameterGlob {
    private enum Element {
        case character(Unicode.Scalar)
        case any
        case many
        case oneOf([ClosedRange<UInt32>], isNegated: Bool)
    }

    private var elements: [Element] = []

    init(_ pattern: String) {
        let scalars = Array(pattern.unicodeScalars)
        var index = 0
        while index < scalars.count {
            switch scalars[index] {
            case "*": elements.append(.many)
            case "?": elements.append(.any)
            case "[":
                if let (element, end) = ParameterGlob.set(scalars, from: index + 1) {
                    elements.append(element)
                    index = end
                } else {
                    elements.append(.character("["))
                }
            case let other: elements.append(.character(other))
            }
            index += 1
        }
    }

    func matches(_ name: String) -> Bool {
        let scalars = Array(name.unicodeScalars)
        var (place, element) = (0, 0)
        var retry: (place: Int, element: Int)?
        while place < scalars.count || element < elements.count {
            if element < elements.count, case .many = elements[element] {
                retry = (place, element)
                element += 1
            } else if place < scalars.count, element < elements.count, accepts(elements[element], scalars[place]) {
                place += 1
                element += 1
            } else if let last = retry, last.place < scalars.count {
                retry = (last.place + 1, last.element)
                (place, element) = (last.place + 1, last.element + 1)
            } else {
                return false
            }
        }
        return true
    }

    private func accepts(_ element: Element, _ scalar: Unicode.Scalar) -> Bool {
        switch element {
        case .character(let wanted): wanted == scalar
        case .any, .many: true
        case .oneOf(let ranges, let isNegated): ranges.contains { $0.contains(scalar.value) } != isNegated
        }
    }

    /// Reads a set behind its opening bracket; nil if it has no end.
    private static func set(_ scalars: [Unicode.Scalar], from start: Int) -> (Element, end: Int)? {
        let isNegated = start < scalars.count && scalars[start] == "!"
        let first = isNegated ? start + 1 : start
        guard first < scalars.count, let end = scalars[(first + 1)...].firstIndex(of: "]") else { return nil }
        var ranges: [ClosedRange<UInt32>] = []
        var index = first
        while index < end {
            let low = scalars[index].value
            if index + 2 < end, scalars[index + 1] == "-" {
                if low <= scalars[index + 2].value {
                    ranges.append(low...scalars[index + 2].value)
                }
                index += 3
            } else {
                ranges.append(low...low)
                index += 1
            }
        }
        return (.oneOf(ranges, isNegated: isNegated), end)
    }
}
