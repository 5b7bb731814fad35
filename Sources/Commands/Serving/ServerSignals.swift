import Glibc

/// The signals that a server obeys; they must be set aside before any thread is started.
struct ServerSignals {
    private let set: sigset_t

    init() {
        var set = sigset_t()
        sigemptyset(&set)
        for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&set, number) }
        pthread_sigmask(SIG_BLOCK, &set, nil)
        signal(SIGPIPE, SIG_IGN)
        self.set = set
    }

    /// Waits for one of the signals.
    @discardableResult
    func wait() -> Int32 {
        var received: Int32 = 0
        _ = withUnsafePointer(to: set) { sigwait($0, &received) }
        return received
    }
}
