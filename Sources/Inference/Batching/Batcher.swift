import Basics

/// A bounded queue in front of a model: whenever an instance is free, all that waits and fits is run together.
///
/// Nothing waits for company unless `maxDelay` says so. Must be closed in the end, as its threads keep it alive.
package final class Batcher: @unchecked Sendable {
    // Safe to share: everything that changes is touched only while `gate` is locked.
    package typealias Completion = @Sendable (Result<[NamedValue], InferenceError>) -> Void

    package let slot: ModelSlot
    package let options: BatcherOptions
    let gate = Gate()
    var waiting: [BatchTicket] = []
    /// The rows of those who wait.
    var waitingRows = 0
    var counters = BatcherStatistics()
    var concurrency: Int
    var isInProcess = false
    /// Threads there are, and how many of them have nothing to do.
    var threads = 0
    var idle = 0
    var isClosed = false
    /// How long a run usually takes, and each of its rows.
    var usualRun = UsualTime()
    var usualRow = UsualTime()

    package init(_ slot: ModelSlot, options: BatcherOptions = BatcherOptions()) {
        self.slot = slot
        self.options = options
        concurrency = slot.concurrency
        waiting.reserveCapacity(min(options.maxQueue, 1024))
        adjust()
        slot.onReplacement { [weak self] in self?.adjust() }
    }

    /// Queues a request and wakes an instance for it; errors come by the completion, which is called exactly once.
    ///
    /// The completion is called on an instance's thread, or on this one for requests that are not taken.
    @discardableResult
    package func submit(_ request: InferenceRequest, _ completion: @escaping Completion) -> BatchTicket? {
        queue(request, wakes: true, completion)
    }

    /// Queues a request, and wakes an instance only if reading takes long: `runWaiting` must be called soon.
    @discardableResult
    package func enqueue(_ request: InferenceRequest, _ completion: @escaping Completion) -> BatchTicket? {
        queue(request, wakes: false, completion)
    }

    /// Answers at once on this thread when the model is quick and nobody waits; nil when the request must be queued.
    package func tryRunNow(_ request: InferenceRequest) -> Result<[NamedValue], InferenceError>? {
        runNow(request, onlyQuick: true)
    }

    /// Answers on this thread if an instance is free, and else waits for one.
    package func infer(_ request: InferenceRequest) throws(InferenceError) -> [NamedValue] {
        if let result = runNow(request, onlyQuick: false) { return try result.get() }
        let answer = Monitor<Result<[NamedValue], InferenceError>?>(nil)
        submit(request) { result in answer.withLock { $0 = result } }
        return try answer.wait { $0 }.get()
    }

    /// A copy of the counters.
    package var statistics: BatcherStatistics {
        gate.lock()
        defer { gate.unlock() }
        var copy = counters
        copy.waiting = waiting.count
        return copy
    }

    /// Tells those who wait that there is no answer and returns when the last run and every thread have ended.
    package func close() {
        gate.lock()
        isClosed = true
        let left = waiting
        waiting = []
        waitingRows = 0
        gate.wakeAll()
        gate.unlock()
        for ticket in left { ticket.complete(.failure(.unavailable("the server is shutting down"))) }
        gate.lock()
        while threads > 0 || counters.running > 0 { gate.wait() }
        gate.unlock()
    }

    func cancel(_ ticket: BatchTicket) -> Bool {
        gate.lock()
        defer { gate.unlock() }
        guard let index = waiting.firstIndex(where: { $0 === ticket }) else { return false }
        waiting.remove(at: index)
        waitingRows -= ticket.rows
        counters.cancelled += 1
        return true
    }
}
