import Basics

extension Batcher {
    /// Whether a request would be refused now because too many wait; one that would be is counted as refused.
    package func refusesNow() -> Bool {
        gate.lock()
        defer { gate.unlock() }
        guard !isClosed, waiting.count >= options.maxQueue else { return false }
        counters.rejected += 1
        return true
    }
}
