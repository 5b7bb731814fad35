import Synchronization

/// A number of bytes that requests of all connections together may take, from their arrival to their answer.
final class Allowance: Sendable {
    private let limit: Int
    private let used = Atomic<Int>(0)

    init(_ limit: Int) {
        self.limit = limit
    }

    /// What may be taken now.
    var left: Int { max(0, limit - used.load(ordering: .relaxed)) }

    /// Takes bytes; false, and takes none, when that would be too many.
    func take(_ count: Int) -> Bool {
        if used.add(count, ordering: .relaxed).newValue <= limit { return true }
        giveBack(count)
        return false
    }

    func giveBack(_ count: Int) {
        used.subtract(count, ordering: .relaxed)
    }
}
