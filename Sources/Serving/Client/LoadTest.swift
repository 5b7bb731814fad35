package import NIOCore
import Synchronization

/// Sends the same request again and again over several connections and measures the answers.
package struct LoadTest: Sendable {
    package enum Limit: Sendable {
        case requests(Int)
        case duration(Duration)
    }

    /// What was measured.
    package struct Result: Sendable {
        /// Seconds of each answer, in ascending order.
        package var latencies: [Double] = []
        package var failures = 0
        /// What the first failure said.
        package var failure: String?
        package var seconds = 0.0

        /// The time within which this part of the answers came.
        package func latency(_ part: Double) -> Double? {
            if latencies.isEmpty { return nil }
            let place = Int((part * Double(latencies.count)).rounded(.up)) - 1
            return latencies[min(max(place, 0), latencies.count - 1)]
        }
    }

    private let clients: [any InferenceClient]
    private let message: EncodedMessage
    private let limit: Limit

    /// A test with one request at a time on each client.
    package init(_ clients: [any InferenceClient], _ message: EncodedMessage, _ limit: Limit) {
        self.clients = clients
        self.message = message
        self.limit = limit
    }

    /// Runs to the limit; not for an event loop's thread.
    package func run(on group: any EventLoopGroup) -> Result {
        let start = ContinuousClock.now
        let budget =
            switch limit {
            case .requests(let count): Budget(left: count, end: nil)
            case .duration(let duration): Budget(left: .max, end: start + duration)
            }
        let lanes = clients.map { Lane($0, message, budget) }
        let futures = lanes.map { lane in
            let promise = group.next().makePromise(of: Result.self)
            lane.next(promise)
            return promise.futureResult
        }
        var result = Result()
        for future in futures {
            guard let part = try? future.wait() else { continue }
            result.latencies += part.latencies
            result.failures += part.failures
            result.failure = result.failure ?? part.failure
        }
        result.seconds = (ContinuousClock.now - start).inSeconds
        result.latencies.sort()
        return result
    }
}

/// What is left to be sent.
private final class Budget: Sendable {
    private let left: Atomic<Int>
    private let end: ContinuousClock.Instant?

    init(left: Int, end: ContinuousClock.Instant?) {
        self.left = Atomic(left)
        self.end = end
    }

    func take() -> Bool {
        if let end, ContinuousClock.now >= end { return false }
        return left.subtract(1, ordering: .relaxed).newValue >= 0
    }
}

/// One connection's requests, one after another.
private final class Lane: Sendable {
    private let client: any InferenceClient
    private let message: EncodedMessage
    private let budget: Budget
    private let result = Mutex(LoadTest.Result())

    init(_ client: any InferenceClient, _ message: EncodedMessage, _ budget: Budget) {
        self.client = client
        self.message = message
        self.budget = budget
    }

    func next(_ promise: EventLoopPromise<LoadTest.Result>) {
        // A connection that has ended will not come back: the others go on.
        guard budget.take(), result.withLock({ $0.failures }) < 100 else {
            return promise.succeed(result.withLock { $0 })
        }
        let start = ContinuousClock.now
        client.send(message).whenComplete { [self] outcome in
            result.withLock { result in
                switch outcome {
                case .success: result.latencies.append((ContinuousClock.now - start).inSeconds)
                case .failure(let error):
                    result.failures += 1
                    result.failure = result.failure ?? "\(error)"
                }
            }
            next(promise)
        }
    }
}

extension Duration {
    fileprivate var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
