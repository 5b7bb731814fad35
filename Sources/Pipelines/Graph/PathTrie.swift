import Glibc

/// Maps paths to small integers and finds the entries above and below a path.
///
/// Components are compared byte by byte, and entries below a path come in the order in which their branches were added.
struct PathTrie {
    private struct Branch: Hashable {
        let parent: Int
        let name: ArraySlice<UInt8>

        static func == (left: Branch, right: Branch) -> Bool {
            left.parent == right.parent
                && left.name.withUnsafeBytes { ours in
                    right.name.withUnsafeBytes { theirs in
                        guard let start = ours.baseAddress, let other = theirs.baseAddress else {
                            return ours.isEmpty && theirs.isEmpty
                        }
                        return ours.count == theirs.count && memcmp(start, other, ours.count) == 0
                    }
                }
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(parent)
            name.withUnsafeBytes { hasher.combine(bytes: $0) }
        }
    }

    private struct Node {
        var value: Int?
        var firstChild: Int?
        var lastChild: Int?
        var nextSibling: Int?
    }

    private var nodes = [Node()]
    private var branches: [Branch: Int] = [:]

    init(minimumCapacity: Int = 0) {
        nodes.reserveCapacity(minimumCapacity)
        branches.reserveCapacity(minimumCapacity)
    }

    /// Splits `path` at slashes, without empty components.
    static func components(of path: String) -> [ArraySlice<UInt8>] {
        Array(path.utf8).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true)
    }

    mutating func insert(_ value: Int, at path: [ArraySlice<UInt8>]) {
        var current = 0
        for name in path {
            current = child(name, of: current)
        }
        nodes[current].value = value
    }

    /// What lies on the way to a path and below it.
    struct Match {
        /// The values of the folders that contain the path, outermost first.
        var above: [Int] = []
        /// The value at exactly the path.
        var exact: Int?
        fileprivate var node: Int?

        var outermost: Int? { above.first ?? exact }
    }

    func match(_ path: [ArraySlice<UInt8>]) -> Match {
        var match = Match()
        var current = 0
        for (index, name) in path.enumerated() {
            guard let next = branches[Branch(parent: current, name: name)] else { return match }
            current = next
            guard let value = nodes[current].value else { continue }
            if index == path.count - 1 {
                match.exact = value
            } else {
                match.above.append(value)
            }
        }
        match.node = current
        return match
    }

    /// The values strictly below the path of a match.
    func values(below match: Match) -> [Int] {
        guard let start = match.node, nodes[start].firstChild != nil else { return [] }
        var found: [Int] = []
        var stack = children(of: start)
        while let current = stack.popLast() {
            if let value = nodes[current].value {
                found.append(value)
            }
            stack += children(of: current)
        }
        return found
    }

    /// The children in reverse order, ready to be popped.
    private func children(of parent: Int) -> [Int] {
        var found: [Int] = []
        var next = nodes[parent].firstChild
        while let child = next {
            found.append(child)
            next = nodes[child].nextSibling
        }
        return found.reversed()
    }

    private mutating func child(_ name: ArraySlice<UInt8>, of parent: Int) -> Int {
        let branch = Branch(parent: parent, name: name)
        if let existing = branches[branch] {
            return existing
        }
        let new = nodes.count
        nodes.append(Node())
        branches[branch] = new
        if let last = nodes[parent].lastChild {
            nodes[last].nextSibling = new
        } else {
            nodes[parent].firstChild = new
        }
        nodes[parent].lastChild = new
        return new
    }
}
