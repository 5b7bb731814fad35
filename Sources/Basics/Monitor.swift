import Glibc

/// State that several threads share, with a way to wait until another thread has changed it.
package final class Monitor<State: Sendable>: @unchecked Sendable {
    // Every access to `state` happens while `gate` is locked.
    private var state: State
    private let gate = Gate()

    package init(_ state: State) {
        self.state = state
    }

    /// Runs `body` alone and wakes the threads that wait.
    package func withLock<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
        gate.lock()
        defer { leave() }
        return try body(&state)
    }

    /// Runs `body` alone each time the state may have changed, until it gives a result.
    package func wait<Result>(until body: (inout State) -> Result?) -> Result {
        gate.lock()
        defer { leave() }
        while true {
            if let result = body(&state) { return result }
            gate.wait()
        }
    }

    /// Waits like ``wait(until:)``, but no longer than a time; nil when that is over.
    package func wait<Result>(atMost limit: Duration, until body: (inout State) -> Result?) -> Result? {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        let (seconds, attoseconds) = min(max(limit, .zero), .seconds(1 << 30)).components
        let end =
            UInt64(now.tv_sec + Int(seconds)) * 1_000_000_000 + UInt64(now.tv_nsec)
            + UInt64(attoseconds / 1_000_000_000)
        gate.lock()
        defer { leave() }
        while true {
            if let result = body(&state) { return result }
            if !gate.wait(until: end) { return body(&state) }
        }
    }

    private func leave() {
        gate.wakeAll()
        gate.unlock()
    }
}
