import Basics

extension Batcher {
    /// What a request is to the model that is there now.
    private struct Examined {
        var inputs: [NamedTensor]
        var rows: Int
        var isInProcess: Bool
    }

    func queue(_ request: InferenceRequest, wakes: Bool, _ completion: @escaping Completion) -> BatchTicket? {
        let examined: Examined
        do {
            examined = try examine(request)
        } catch {
            completion(.failure(error))
            return nil
        }
        let ticket = BatchTicket(
            request,
            inputs: examined.inputs,
            rows: examined.rows,
            batcher: self,
            completion: completion
        )
        if let refusal = append(ticket, wakes: wakes) {
            ticket.complete(.failure(refusal))
            return nil
        }
        return ticket
    }

    private func append(_ ticket: BatchTicket, wakes: Bool) -> InferenceError? {
        gate.lock()
        defer { gate.unlock() }
        if isClosed { return .unavailable("the server is shutting down") }
        if waiting.count >= options.maxQueue {
            counters.rejected += 1
            return .overloaded
        }
        counters.accepted += 1
        waiting.append(ticket)
        waitingRows += ticket.rows
        if wakes || isLongReading(ticket) { wakeIfUseful() }
        return nil
    }

    /// Whether reading what waits has taken longer than running it will, so that it is better run meanwhile.
    ///
    /// Otherwise a loop and an instance would wait for each other in turn. Where the model is what takes long, runs stay whole.
    private func isLongReading(_ ticket: BatchTicket) -> Bool {
        guard let first = waiting.first, let row = usualRow.nanoseconds else { return false }
        let work = row * UInt64(min(max(1, waitingRows), 1 << 20))
        return work >= options.handover.nanoseconds && ticket.arrival &- min(first.arrival, ticket.arrival) >= work
    }

    /// Wakes a thread when there is work, an instance and a thread without any; called with the lock held.
    func wakeIfUseful() {
        if idle > 0, !waiting.isEmpty, counters.running < concurrency { gate.wakeOne() }
    }

    private func examine(_ request: InferenceRequest) throws(InferenceError) -> Examined {
        try slot.withModel { model throws(InferenceError) in
            let signature = model.signature
            let inputs = try signature.arranged(request.inputs, outputs: request.outputs)
            let merges = options.merges && model.isBatchable && inputs.count == signature.requiredCount
            return Examined(inputs: inputs, rows: merges ? Self.rows(of: inputs) : 0, isInProcess: model.isInProcess)
        }
    }

    /// The rows that all inputs have; 0 when they differ or there are none.
    private static func rows(of inputs: [NamedTensor]) -> Int {
        guard let rows = inputs.first?.tensor.rows else { return 0 }
        for input in inputs where input.tensor.rows != rows { return 0 }
        return rows
    }

    /// Takes the first of those who wait and all who fit to it; called with the lock held.
    ///
    /// Those whose time is over go to `late`.
    func take(late: inout [BatchTicket]) -> [BatchTicket] {
        var batch: [BatchTicket] = []
        var rows = 0
        var kept = 0
        var index = 0
        while index < waiting.count {
            let ticket = waiting[index]
            if let deadline = ticket.deadline, deadline.hasPassed {
                late.append(ticket)
            } else if let first = batch.first {
                guard first.rows > 0, rows < options.maxRows else { break }
                if !first.fits(ticket) {
                    waiting[kept] = ticket
                    kept += 1
                } else if rows + ticket.rows <= options.maxRows {
                    batch.append(ticket)
                    rows += ticket.rows
                } else {
                    break
                }
            } else {
                batch.append(ticket)
                rows = ticket.rows
            }
            index += 1
        }
        waiting.removeSubrange(kept..<index)
        for ticket in batch { waitingRows -= ticket.rows }
        for ticket in late { waitingRows -= ticket.rows }
        counters.timedOut += UInt64(late.count)
        return batch
    }

    func runNow(_ request: InferenceRequest, onlyQuick: Bool) -> Result<[NamedValue], InferenceError>? {
        let examined: Examined
        do {
            examined = try examine(request)
        } catch {
            return .failure(error)
        }
        if examined.rows > 0, options.maxDelay > .zero { return nil }
        if onlyQuick, !examined.isInProcess || examined.rows > options.maxRows { return nil }
        gate.lock()
        guard !isClosed, waiting.isEmpty, counters.running < concurrency, !onlyQuick || isQuick
        else {
            gate.unlock()
            return nil
        }
        counters.accepted += 1
        counters.running += 1
        gate.unlock()
        let start = MonotonicTime.now
        let result = answer(request, inputs: examined.inputs, rows: examined.rows)
        let end = MonotonicTime.now
        gate.lock()
        counters.waitSeconds.record(0)
        if case .failure = result { counters.failed += 1 }
        ended(start, end, rows: max(1, examined.rows))
        wakeIfUseful()
        gate.unlock()
        return result
    }

    /// Whether a run may be done on a thread that has other work to do.
    var isQuick: Bool {
        usualRun.nanoseconds.map { $0 <= options.quick.nanoseconds } ?? false
    }
}
