import Inference
import NIOPosix
import Synchronization

/// Calls of a model's methods on threads that may wait, as many as the model has workers.
final class MethodCalls: Sendable {
    let callable: any MethodCallable
    /// Methods whose calls are run together, by name.
    let batches: [String: MethodBatch]
    private let limit: Int
    private let waiting = Atomic<Int>(0)
    private let threads: NIOThreadPool

    /// More than `limit` calls that wait are refused.
    ///
    /// Those of batchable methods share a queue, that of the service where it is for the same method.
    init(_ callable: any MethodCallable, _ batcher: Batcher) {
        self.callable = callable
        limit = batcher.options.maxQueue
        var batches: [String: MethodBatch] = [:]
        for method in callable.methods
        where method.isBatchable && method.responseType == "application/json" && batcher.options.merges {
            guard let model = callable.tensorModel(for: method.name) else { continue }
            batches[method.name] =
                method.name == callable.tensorMethod
                ? MethodBatch(method, model, sharing: batcher) : MethodBatch(method, model, batcher.options)
        }
        self.batches = batches
        threads = NIOThreadPool(numberOfThreads: max(1, callable.concurrency))
        threads.start()
    }

    /// Calls on another thread and gives the answer there.
    func call(
        _ method: String,
        _ arguments: CallArguments,
        deadline: Deadline?,
        _ completion: @escaping @Sendable (Result<CallAnswer, InferenceError>) -> Void
    ) {
        guard waiting.wrappingAdd(1, ordering: .relaxed).newValue <= limit + callable.concurrency else {
            waiting.wrappingSubtract(1, ordering: .relaxed)
            return completion(.failure(.overloaded))
        }
        threads.submit { [self] state in
            defer { waiting.wrappingSubtract(1, ordering: .relaxed) }
            guard case .active = state else { return completion(.failure(.unavailable("the model is closed"))) }
            do throws(InferenceError) {
                completion(.success(try callable.call(method, arguments, deadline: deadline)))
            } catch {
                completion(.failure(error))
            }
        }
    }

    /// What the queues have done that are not the service's own.
    var statistics: [(method: String, BatcherStatistics)] {
        batches.filter(\.value.isOwner).sorted { $0.key < $1.key }.map { ($0.key, $0.value.batcher.statistics) }
    }

    var isBusy: Bool {
        waiting.load(ordering: .relaxed) > 0
            || batches.values.contains { $0.batcher.statistics.waiting + $0.batcher.statistics.running > 0 }
    }

    func close() {
        for batch in batches.values { batch.close() }
        threads.shutdownGracefully { _ in }
    }
}
