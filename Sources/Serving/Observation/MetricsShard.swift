import Synchronization

/// What the requests of one event loop came to; each loop has its own, so that counting costs next to nothing.
final class MetricsShard: Sendable {
    private let cells = Mutex<[Int: Cell]>([:])

    struct Cell {
        var count: UInt64 = 0
        var nanoseconds: UInt64 = 0
        var buckets = [UInt64](repeating: 0, count: MetricsShard.bounds.count + 1)

        mutating func add(_ other: Cell) {
            count += other.count
            nanoseconds &+= other.nanoseconds
            for index in buckets.indices { buckets[index] += other.buckets[index] }
        }

        fileprivate mutating func add(_ nanoseconds: UInt64, to bucket: Int) {
            count += 1
            self.nanoseconds &+= nanoseconds
            buckets[bucket] += 1
        }
    }

    /// Upper bounds of durations in nanoseconds.
    static let bounds: [UInt64] = [
        50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000,
        100_000_000, 250_000_000, 500_000_000, 1_000_000_000, 2_500_000_000, 5_000_000_000, 10_000_000_000,
        60_000_000_000,
    ]

    /// Counts a request under the number that stands for its labels.
    func record(_ key: Int, _ nanoseconds: UInt64) {
        var bucket = 0
        while bucket < Self.bounds.count, nanoseconds > Self.bounds[bucket] { bucket += 1 }
        cells.withLock { $0[key, default: Cell()].add(nanoseconds, to: bucket) }
    }

    var snapshot: [Int: Cell] { cells.withLock { $0 } }
}

extension Sequence where Element == MetricsShard {
    /// What all of them have, by their keys.
    var sums: [(key: Int, value: MetricsShard.Cell)] {
        var cells: [Int: MetricsShard.Cell] = [:]
        for shard in self {
            for (key, cell) in shard.snapshot { cells[key, default: MetricsShard.Cell()].add(cell) }
        }
        return cells.sorted { $0.key < $1.key }
    }
}
