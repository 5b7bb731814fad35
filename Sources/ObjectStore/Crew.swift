import Basics
import Glibc
import Synchronization

/// A number of threads that run one closure each, with the caller's thread among them.
enum Crew {
    /// Runs `body` with the numbers `0..<threads`; the first error is thrown when all have returned.
    static func run(threads: Int, _ body: @escaping @Sendable (Int) throws -> Void) throws {
        if threads <= 1 { return try body(0) }
        let failure = Failure()
        var handles: [pthread_t] = []
        for number in 1..<threads {
            let handle = Workers.spawnThread {
                do { try body(number) } catch { failure.record(error) }
            }
            if let handle { handles.append(handle) }
        }
        do { try body(0) } catch { failure.record(error) }
        for handle in handles { pthread_join(handle, nil) }
        try failure.rethrow()
    }

    /// The first error of several threads.
    final class Failure: Sendable {
        private let error = Mutex<(any Error)?>(nil)
        private let isSet = Atomic(false)

        /// Whether work should stop.
        var hasOccurred: Bool { isSet.load(ordering: .relaxed) }

        func record(_ new: any Error) {
            error.withLock { $0 = $0 ?? new }
            isSet.store(true, ordering: .relaxed)
        }

        func rethrow() throws {
            if let error = error.withLock({ $0 }) { throw error }
        }
    }
}
