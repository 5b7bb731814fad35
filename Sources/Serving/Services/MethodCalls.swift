import Inference
import NIOPosix
import Synchronization

/// Calls of a model's methods on threads that may wait, as many as the model has workers.
final class MethodCalls: Sendable {
    let callable: any MethodCallable
    private let limit: Int
    private let waiting = Atomic<Int>(0)
    private let threads: NIOThreadPool

    /// More than `limit` calls that wait are refused.
    init(_ callable: any MethodCallable, limit: Int) {
        self.callable = callable
        self.limit = limit
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

    func close() {
        threads.shutdownGracefully { _ in }
    }
}
