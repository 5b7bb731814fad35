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

    /// Waits for one of the signals.
    func wait() -> Int32 {
        var received: Int32 = 0
        _ = withUnsafePointer(to: set) { sigwait($0, &received) }
        return received
    }
}
