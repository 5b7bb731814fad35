import Glibc

/// A lock with two conditions: one to wake a single thread for work, one to tell that something has ended.
final class Gate: @unchecked Sendable {
    // Safe to share: the system's own locks.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let work = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private let end = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(work, &attributes)
        pthread_cond_init(end, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(work)
        pthread_cond_destroy(end)
        pthread_mutex_destroy(mutex)
        work.deallocate()
        end.deallocate()
        mutex.deallocate()
    }

    @inline(__always) func lock() { pthread_mutex_lock(mutex) }
    @inline(__always) func unlock() { pthread_mutex_unlock(mutex) }

    func wakeOne() { pthread_cond_signal(work) }
    func wakeAll() { pthread_cond_broadcast(work) }
    func waitForWork() { pthread_cond_wait(work, mutex) }

    /// Waits for work until a moment of the monotonic clock, in nanoseconds.
    func waitForWork(until moment: UInt64) {
        var time = timespec(tv_sec: Int(moment / 1_000_000_000), tv_nsec: Int(moment % 1_000_000_000))
        pthread_cond_timedwait(work, mutex, &time)
    }

    func tellEnd() { pthread_cond_broadcast(end) }
    func waitForEnd() { pthread_cond_wait(end, mutex) }
}
