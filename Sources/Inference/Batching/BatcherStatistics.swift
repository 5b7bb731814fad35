/// What a batcher has done since its start, and what waits and runs now.
package struct BatcherStatistics: Sendable, Hashable {
    /// Requests that wait now.
    package internal(set) var waiting = 0
    /// Runs of the model now.
    package internal(set) var running = 0
    /// Requests that could be taken, including those in `timedOut`, `cancelled` and `failed`.
    package internal(set) var accepted: UInt64 = 0
    /// Requests that found the queue full.
    package internal(set) var rejected: UInt64 = 0
    /// Requests whose time was over before an instance took them.
    package internal(set) var timedOut: UInt64 = 0
    /// Requests whose caller went away before an instance took them.
    package internal(set) var cancelled: UInt64 = 0
    /// Requests that were run and got an error.
    package internal(set) var failed: UInt64 = 0
    /// Runs, of which each has one request or several.
    package var runs: UInt64 { runSeconds.count }
    /// Rows that were run; a request whose rows are not known counts as one.
    package var rows: UInt64 { UInt64(rowsPerRun.sum) }

    /// How long requests waited until an instance took them.
    package internal(set) var waitSeconds = Histogram(bounds: Self.durations)
    /// How long runs took.
    package internal(set) var runSeconds = Histogram(bounds: Self.durations)
    package internal(set) var rowsPerRun = Histogram(bounds: Self.sizes)

    /// How many observations were up to each bound.
    package struct Histogram: Sendable, Hashable {
        /// Upper bounds, rising.
        package let bounds: [Double]
        /// Observations up to each bound but above the one before; the last counts those above all bounds.
        package private(set) var counts: [UInt64]
        package private(set) var sum = 0.0
        package private(set) var count: UInt64 = 0

        init(bounds: [Double]) {
            self.bounds = bounds
            counts = Array(repeating: 0, count: bounds.count + 1)
        }

        mutating func record(_ value: Double) {
            var index = 0
            while index < bounds.count, value > bounds[index] { index += 1 }
            counts[index] += 1
            sum += value
            count += 1
        }
    }

    private static let durations = [
        0.000_01, 0.000_025, 0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25,
        0.5, 1, 2.5, 5, 10,
    ]
    private static let sizes: [Double] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]
}
