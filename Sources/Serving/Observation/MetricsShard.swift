import Synchronization

/// What the requests of one event loop came to; each loop has its own, so that counting costs next to nothing.
final class MetricsShard: Sendable {
    private let cells = Mutex<[Int: Cell]>([:])
    private let serviceIndexes: [ObjectIdentifier: Int]

    struct Cell {
        var count: UInt64 = 0
        var nanoseconds: UInt64 = 0
        var buckets = [UInt64](repeating: 0, count: MetricsShard.bounds.count + 1)

        mutating func add(_ other: Cell) {
            count += other.count
            nanoseconds &+= other.nanoseconds
            for index in buckets.indices { buckets[index] += other.buckets[index] }
        }
    }

    /// Upper bounds of durations in nanoseconds.
    static let bounds: [UInt64] = [
        50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000,
        100_000_000, 250_000_000, 500_000_000, 1_000_000_000, 2_500_000_000, 5_000_000_000, 10_000_000_000,
        60_000_000_000,
    ]
    /// The codes that are told apart; others count as the first of their hundred.
    static let codes = [200, 400, 401, 404, 405, 413, 415, 429, 499, 500, 503, 504]

    init(_ table: ServiceTable) {
        var indexes: [ObjectIdentifier: Int] = [:]
        for (index, service) in table.services.enumerated() { indexes[ObjectIdentifier(service)] = index + 1 }
        serviceIndexes = indexes
    }

    func record(_ route: RouteTemplate, _ service: Service?, _ status: Int, _ nanoseconds: UInt64) {
        let service = service.flatMap { serviceIndexes[ObjectIdentifier($0)] } ?? 0
        let code = Self.codes.firstIndex(of: status) ?? Self.codes.firstIndex { $0 == status / 100 * 100 } ?? 0
        let key = (service * RouteTemplate.allCases.count + route.rawValue) * Self.codes.count + code
        var bucket = 0
        while bucket < Self.bounds.count, nanoseconds > Self.bounds[bucket] { bucket += 1 }
        cells.withLock { cells in
            cells[key, default: Cell()].count += 1
            cells[key, default: Cell()].nanoseconds &+= nanoseconds
            cells[key, default: Cell()].buckets[bucket] += 1
        }
    }

    var snapshot: [Int: Cell] { cells.withLock { $0 } }
}
