import Glibc
import Synchronization

/// The way from commands, which run on one thread, to asynchronous work.
package enum Awaited {
    /// Runs `body` on the threads of the concurrency runtime, while this thread waits for its end.
    ///
    /// The first signal that `interruption` hears cancels it.
    package static func value<Value: Sendable>(
        _ interruption: Interruption? = nil,
        _ body: @escaping @Sendable () async throws -> Value
    ) throws -> Value {
        let outcome = Outcome<Value>()
        let task = Task.detached {
            do {
                outcome.settle(.success(try await body()))
            } catch {
                outcome.settle(.failure(error))
            }
        }
        return try outcome.wait {
            if interruption?.isRaised == true { task.cancel() }
        }
    }

    private final class Outcome<Value: Sendable>: Sendable {
        private let result = Mutex<Result<Value, any Error>?>(nil)
        private let gate = Gate()

        func settle(_ result: Result<Value, any Error>) {
            self.result.withLock { $0 = result }
            gate.lock()
            gate.wakeAll()
            gate.unlock()
        }

        /// Waits, and looks around ten times a second.
        func wait(_ tick: () -> Void) throws -> Value {
            while true {
                tick()
                gate.lock()
                if result.withLock({ $0 == nil }) { gate.wait(until: Self.soon) }
                gate.unlock()
                if let result = result.withLock({ $0 }) { return try result.get() }
            }
        }

        /// A tenth of a second from now.
        private static var soon: UInt64 {
            var now = timespec()
            clock_gettime(CLOCK_MONOTONIC, &now)
            return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec) + 100_000_000
        }
    }
}
