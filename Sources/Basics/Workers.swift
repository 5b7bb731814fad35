package import Glibc
import Synchronization

/// A fixed number of threads that share out a range of work in batches.
package enum Workers {
    /// Runs `body` on batches of `0..<count` until all are done; the caller's thread is one of the workers.
    ///
    /// The first error stops further batches and is thrown when all threads have ended.
    package static func run(
        count: Int,
        threads: Int,
        batch: Int = 128,
        _ body: @escaping @Sendable (Range<Int>) throws -> Void
    ) throws {
        let batches = (count + batch - 1) / max(batch, 1)
        if batches <= 1 || threads <= 1 {
            if count > 0 { try body(0..<count) }
            return
        }
        let shared = Shared(count: count, batch: batch, body: body)
        var handles: [pthread_t] = []
        for _ in 1..<min(threads, batches) {
            if let handle = spawnThread({ shared.work() }) { handles.append(handle) }
        }
        shared.work()
        for handle in handles { pthread_join(handle, nil) }
        if let error = shared.failure.withLock({ $0 }) { throw error }
    }

    /// Starts a thread; nil when the system refuses. The handle must be joined or detached.
    package static func spawnThread(
        stackSize: Int = 1 << 20,
        _ body: @escaping @Sendable () -> Void
    ) -> pthread_t? {
        let box = Unmanaged.passRetained(Box(body))
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setstacksize(&attributes, stackSize)
        defer { pthread_attr_destroy(&attributes) }
        var handle = pthread_t()
        let code = pthread_create(
            &handle,
            &attributes,
            { pointer in
                guard let pointer else { return nil }
                Unmanaged<Box>.fromOpaque(pointer).takeRetainedValue().body()
                return nil
            },
            box.toOpaque()
        )
        if code == 0 { return handle }
        box.release()
        return nil
    }

    /// Waits until a thread has ended.
    package static func join(_ thread: pthread_t) { pthread_join(thread, nil) }

    /// The processors this process may use; found once, since each question opens a file of the system.
    package static let processorCount = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))

    private final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private final class Shared: Sendable {
        let count: Int
        let batch: Int
        let body: @Sendable (Range<Int>) throws -> Void
        let next = Atomic<Int>(0)
        let failure = Mutex<(any Error)?>(nil)

        init(count: Int, batch: Int, body: @escaping @Sendable (Range<Int>) throws -> Void) {
            self.count = count
            self.batch = batch
            self.body = body
        }

        func work() {
            while true {
                let start = next.wrappingAdd(batch, ordering: .relaxed).oldValue
                if start >= count { return }
                do {
                    try body(start..<min(start + batch, count))
                } catch {
                    failure.withLock { $0 = $0 ?? error }
                    next.store(count, ordering: .relaxed)
                }
            }
        }
    }
}
