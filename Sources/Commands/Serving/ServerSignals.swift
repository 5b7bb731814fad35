import Basics
import Glibc

/// The signals that a server obeys; they must be set aside before any thread is started.
struct ServerSignals {
    private let set: sigset_t

    init() {
        var set = Interruption.signals
        pthread_sigmask(SIG_BLOCK, &set, nil)
        signal(SIGPIPE, SIG_IGN)
        self.set = set
    }

    /// Waits for one of the signals; nil when none came in time.
    func wait(seconds: Int?) -> Int32? {
        guard let seconds else {
            var received: Int32 = 0
            _ = withUnsafePointer(to: set) { sigwait($0, &received) }
            return received
        }
        var limit = timespec(tv_sec: seconds, tv_nsec: 0)
        let received = withUnsafePointer(to: set) { sigtimedwait($0, nil, &limit) }
        return received > 0 ? received : nil
    }
}
