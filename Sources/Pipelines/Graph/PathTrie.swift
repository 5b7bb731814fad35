/// Maps paths to small integers and finds the entries above and below a path.
///
/// Components are compared byte by byte, and entries below a path come in the order in which their branches were added.
struct PathTrie {
    private struct Branch: Hashable {
        let parent: Int
        let name: ArraySlice<UInt8>
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

    /// The values at `path` itself and at the folders that contain it, outermost first.
    func prefixes(of path: [ArraySlice<UInt8>]) -> [Int] {
        var found: [Int] = []
        var current = 0
        for name in path {
            guard let next = branches[Branch(parent: current, name: name)] else { break }
            current = next
            if let value = nodes[current].value {
                found.append(value)
            }
        }
        return found
    }

    /// The values strictly below `path`.
    func values(below path: [ArraySlice<UInt8>]) -> [Int] {
        guard let start = node(at: path) else { return [] }
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

    /// The value at exactly `path`.
    func value(at path: [ArraySlice<UInt8>]) -> Int? {
        node(at: path).flatMap { nodes[$0].value }
    }

    private func node(at path: [ArraySlice<UInt8>]) -> Int? {
        var current = 0
        for name in path {
            guard let next = branches[Branch(parent: current, name: name)] else { return nil }
            current = next
        }
        return current
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
