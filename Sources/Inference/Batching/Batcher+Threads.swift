import Basics
import Glibc

extension Batcher {
    /// Starts what was enqueued: here when the model is quick and an instance is free, and else by waking instances.
    ///
    /// Completions are called on this thread then, before this returns. What cannot be begun within the time that counts
    /// as quick is left to instances.
    package func runWaiting() {
        let end = MonotonicTime.now + options.quick.nanoseconds
        gate.lock()
        while !waiting.isEmpty, !isClosed, counters.running < concurrency {
            guard isInProcess, isQuick, options.maxDelay == .zero, MonotonicTime.now < end else {
                break
            }
            runOnce()
        }
        wakeIfUseful()
        gate.unlock()
    }

    /// Has as many threads as the model takes calls.
    func adjust() {
        let (concurrency, isInProcess) = (slot.concurrency, slot.isInProcess)
        gate.lock()
        self.concurrency = concurrency
        self.isInProcess = isInProcess
        usualRun = UsualTime()
        usualRow = UsualTime()
        while threads < concurrency, !isClosed {
            guard let handle = Workers.spawnThread({ self.work() }) else { break }
            pthread_detach(handle)
            threads += 1
        }
        gate.wakeAll()
        gate.unlock()
    }

    /// What a thread does: takes a batch whenever there is one and an instance is free.
    private func work() {
        gate.lock()
        while !isClosed {
            if waiting.isEmpty || counters.running >= concurrency {
                idle += 1
                gate.wait()
                idle -= 1
            } else if let moment = delayed() {
                idle += 1
                gate.wait(until: moment)
                idle -= 1
            } else {
                runOnce()
            }
        }
        threads -= 1
        gate.wakeAll()
        gate.unlock()
    }

    /// Until when the first of those who wait may wait for others; nil when it need not.
    private func delayed() -> UInt64? {
        guard options.maxDelay > .zero, let first = waiting.first, first.rows > 0, waitingRows < options.maxRows
        else { return nil }
        let moment = first.arrival + options.maxDelay.nanoseconds
        return moment > MonotonicTime.now ? moment : nil
    }

    /// Takes and runs one batch; called with the lock held, which is let go meanwhile.
    private func runOnce() {
        var late: [BatchTicket] = []
        let batch = take(late: &late)
        if !batch.isEmpty { counters.running += 1 }
        wakeIfUseful()
        gate.unlock()
        for ticket in late { ticket.complete(.failure(.timeout)) }
        if !batch.isEmpty { run(batch) }
        gate.lock()
    }
}
