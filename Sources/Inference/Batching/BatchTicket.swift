/// A request in a batcher's queue.
package final class BatchTicket: @unchecked Sendable {
    // Safe to share: what changes is touched only under the batcher's lock, or by the one thread that took the ticket.
    let inputs: [NamedTensor]
    let outputs: [String]
    let deadline: Deadline?
    /// Rows that may be run together with others'; 0 when they may not.
    let rows: Int
    /// When it came, in nanoseconds of the monotonic clock.
    let arrival: UInt64
    private var completion: Batcher.Completion?
    private let batcher: Batcher

    init(
        _ request: InferenceRequest,
        inputs: [NamedTensor],
        rows: Int,
        batcher: Batcher,
        completion: @escaping Batcher.Completion
    ) {
        self.inputs = inputs
        outputs = request.outputs
        deadline = request.deadline
        self.rows = rows
        arrival = MonotonicTime.now
        self.batcher = batcher
        self.completion = completion
    }

    /// Takes the request back if it still waits; then its completion is never called.
    @discardableResult
    package func cancel() -> Bool {
        batcher.cancel(self)
    }

    func complete(_ result: Result<[NamedValue], InferenceError>) {
        let completion = completion
        self.completion = nil
        completion?(result)
    }

    /// Whether the two may be one run: shapes equal but for the rows, and the same outputs.
    func fits(_ other: BatchTicket) -> Bool {
        guard rows > 0, other.rows > 0, outputs == other.outputs, inputs.count == other.inputs.count else {
            return false
        }
        for index in inputs.indices where !Self.fit(inputs[index].tensor.shape, other.inputs[index].tensor.shape) {
            return false
        }
        return true
    }

    private static func fit(_ one: [Int], _ two: [Int]) -> Bool {
        guard one.count == two.count else { return false }
        for index in 1..<max(1, one.count) where one[index] != two[index] { return false }
        return true
    }
}
