/// A depth-first search for a cycle.
struct CycleSearch {
    private enum Mark {
        case unseen, active, done
    }

    private let edges: [[Int]]
    private var marks: [Mark]
    private var path: [(node: Int, next: Int)] = []

    init(_ edges: [[Int]]) {
        self.edges = edges
        marks = Array(repeating: .unseen, count: edges.count)
    }

    /// The nodes of the first cycle met, in the order of its edges.
    mutating func cycle() -> [Int]? {
        for start in edges.indices where marks[start] == .unseen {
            if let found = search(from: start) {
                return found
            }
        }
        return nil
    }

    private mutating func search(from start: Int) -> [Int]? {
        enter(start)
        while let (node, next) = path.last {
            guard next < edges[node].count else {
                marks[node] = .done
                path.removeLast()
                continue
            }
            path[path.count - 1].next += 1
            let target = edges[node][next]
            switch marks[target] {
            case .active: return path.map(\.node).drop { $0 != target }.map { $0 }
            case .unseen: enter(target)
            case .done: break
            }
        }
        return nil
    }

    private mutating func enter(_ node: Int) {
        marks[node] = .active
        path.append((node, 0))
    }
}
