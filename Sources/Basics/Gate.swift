import Glibc

/// A lock, and a way to wait while holding it until somebody tells that something has changed.
///
/// For code that lets go in the midst of its work; ``Monitor`` is easier to use right.
package final class Gate: @unchecked Sendable {
    // Safe to share: the system's own lock.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    package init() {
        pthread_mutex_init(mutex, nil)
        // A clock that nobody sets, for waits with a limit.
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    package func lock() { pthread_mutex_lock(mutex) }
    package func unlock() { pthread_mutex_unlock(mutex) }

    package func wakeOne() { pthread_cond_signal(condition) }
    package func wakeAll() { pthread_cond_broadcast(condition) }

    /// Lets go of the lock until woken.
    package func wait() { pthread_cond_wait(condition, mutex) }

    /// Lets go of the lock until woken or until a moment of the monotonic clock, in nanoseconds; false when it has come.
    @discardableResult
    package func wait(until moment: UInt64) -> Bool {
        var time = timespec(tv_sec: Int(moment / 1_000_000_000), tv_nsec: Int(moment % 1_000_000_000))
        return pthread_cond_timedwait(condition, mutex, &time) != ETIMEDOUT
    }
}
