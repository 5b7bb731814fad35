import Basics

extension Batcher {
    /// Runs a batch and completes its requests; called without the lock.
    func run(_ batch: [BatchTicket]) {
        let start = MonotonicTime.now
        let results = answers(to: batch)
        let end = MonotonicTime.now
        gate.lock()
        var rows = 0
        for (index, ticket) in batch.enumerated() {
            counters.waitSeconds.record(Double(start &- min(start, ticket.arrival)) / 1e9)
            if case .failure = results[index] { counters.failed += 1 }
            rows += max(1, ticket.rows)
        }
        ended(start, end, rows: rows)
        gate.unlock()
        for (index, ticket) in batch.enumerated() { ticket.complete(results[index]) }
    }

    /// Counts a run that has ended; called with the lock held.
    func ended(_ start: UInt64, _ end: UInt64, rows: Int) {
        let duration = end &- min(start, end)
        usualRun.learn(duration)
        usualRow.learn(duration / UInt64(max(1, rows)))
        counters.runSeconds.record(Double(duration) / 1e9)
        counters.rowsPerRun.record(Double(rows))
        counters.running -= 1
        if isClosed { gate.wakeAll() }
    }

    private func answers(to batch: [BatchTicket]) -> [Result<[NamedValue], InferenceError>] {
        if batch.count > 1, let together = merged(batch) { return together.map { .success($0) } }
        return batch.map { ticket in
            let request = InferenceRequest(inputs: [], outputs: ticket.outputs, deadline: ticket.deadline)
            return answer(request, inputs: ticket.inputs, rows: ticket.rows)
        }
    }

    /// The answers of one run for all; nil when it failed or cannot be told apart, and each must be run for itself.
    private func merged(_ batch: [BatchTicket]) -> [[NamedValue]]? {
        do throws(InferenceError) {
            return try slot.withModel { model throws(InferenceError) -> [[NamedValue]]? in
                guard model.isBatchable, let first = batch.first else { return nil }
                var inputs: [NamedTensor] = []
                inputs.reserveCapacity(first.inputs.count)
                for (index, input) in first.inputs.enumerated() {
                    let parts = batch.map { $0.inputs[index].tensor }
                    inputs.append(NamedTensor(input.name, try Tensor.joining(parts)))
                }
                let answers = try model.infer(inputs, outputs: first.outputs, deadline: Self.latest(batch))
                return try RowSplit.split(answers, rows: batch.map(\.rows))
            }
        } catch {
            return nil
        }
    }

    /// When the last of them needs its answer; nil when one has no limit.
    private static func latest(_ batch: [BatchTicket]) -> Deadline? {
        var latest: Deadline?
        for ticket in batch {
            guard let deadline = ticket.deadline else { return nil }
            if latest.map({ $0.instant < deadline.instant }) ?? true { latest = deadline }
        }
        return latest
    }

    /// Runs a request that is alone, in parts when it has more rows than a run may have.
    func answer(
        _ request: InferenceRequest,
        inputs: [NamedTensor],
        rows: Int
    ) -> Result<[NamedValue], InferenceError> {
        do throws(InferenceError) {
            return .success(
                try slot.withModel { model throws(InferenceError) in
                    guard rows > options.maxRows, model.isBatchable else {
                        return try model.infer(inputs, outputs: request.outputs, deadline: request.deadline)
                    }
                    return try inParts(model, request, inputs, rows)
                }
            )
        } catch {
            return .failure(error)
        }
    }

    private func inParts(
        _ model: any Model,
        _ request: InferenceRequest,
        _ inputs: [NamedTensor],
        _ rows: Int
    ) throws(InferenceError) -> [NamedValue] {
        var parts: [[NamedValue]] = []
        for start in stride(from: 0, to: rows, by: options.maxRows) {
            let range = start..<min(rows, start + options.maxRows)
            let part = try inputs.map { input throws(InferenceError) in
                NamedTensor(input.name, try input.tensor.slice(rows: range))
            }
            let answers = try model.infer(part, outputs: request.outputs, deadline: request.deadline)
            guard answers.allSatisfy({ $0.value.rows == range.count }) else {
                return try model.infer(inputs, outputs: request.outputs, deadline: request.deadline)
            }
            parts.append(answers)
        }
        return try RowSplit.join(parts)
    }
}
