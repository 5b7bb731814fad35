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
        private let semaphore: Semaphore

        init() {
            semaphore = Semaphore()
        }

        func settle(_ result: Result<Value, any Error>) {
            self.result.withLock { $0 = result }
            semaphore.signal()
        }

        /// Waits, and looks around ten times a second.
        func wait(_ tick: () -> Void) throws -> Value {
            while true {
                if let result = result.withLock({ $0 }) { return try result.get() }
                tick()
                semaphore.wait(milliseconds: 100)
            }
        }
    }
}

/// A semaphore of POSIX.
private final class Semaphore: @unchecked Sendable {
    private let storage: UnsafeMutablePointer<sem_t>

    init() {
        storage = .allocate(capacity: 1)
        storage.initialize(to: sem_t())
        sem_init(storage, 0, 0)
    }

    deinit {
        sem_destroy(storage)
        storage.deallocate()
    }

    func signal() { sem_post(storage) }

    /// Waits for a signal, not longer than this.
    func wait(milliseconds: Int) {
        var end = timespec()
        clock_gettime(CLOCK_REALTIME, &end)
        let nanoseconds = end.tv_nsec + milliseconds * 1_000_000
        end.tv_sec += nanoseconds / 1_000_000_000
        end.tv_nsec = nanoseconds % 1_000_000_000
        sem_timedwait(storage, &end)
    }
}
