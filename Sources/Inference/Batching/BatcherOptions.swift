/// What bounds a queue in front of a model.
package struct BatcherOptions: Sendable, Hashable {
    /// Rows (extents of the first dimension) in one run; a request with more is run in parts.
    package var maxRows: Int
    /// How long the first request may wait for others while an instance is free.
    package var maxDelay: Duration
    /// Requests that may wait.
    package var maxQueue: Int
    /// Whether requests are run together at all, when the model is batchable.
    package var merges: Bool
    /// Models that answer within this, on average, may be run on an event loop's thread.
    package var quick: Duration
    /// How much work is worth giving to an instance while requests are still read.
    package var handover: Duration

    package init(
        maxRows: Int = 64,
        maxDelay: Duration = .zero,
        maxQueue: Int = 1024,
        merges: Bool = true,
        quick: Duration = .microseconds(250),
        handover: Duration = .microseconds(150)
    ) {
        self.maxRows = max(1, maxRows)
        self.maxDelay = max(.zero, maxDelay)
        self.maxQueue = max(1, maxQueue)
        self.merges = merges
        self.quick = quick
        self.handover = handover
    }
}
