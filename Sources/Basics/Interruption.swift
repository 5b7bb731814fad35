import CProcess
package import Glibc
import Synchronization

/// Turns SIGINT, SIGTERM and SIGHUP into an orderly stop while children run.
///
/// The first signal is passed on to the children and what they started, and noted, so that finished work can still be
/// recorded. The second kills them and ends the process. Signals that are ignored, as under `nohup`, stay so.
package final class Interruption: Sendable {
    /// The exit code of an interrupted program in DVC.
    package static let exitCode: Int32 = 252

    private let number = Atomic<Int32>(0)
    private let children = Mutex<[pid_t: ChildProcess]>([:])

    package init() {}

    /// The first signal that arrived; 0 when none did.
    package var signal: Int32 { number.load(ordering: .acquiring) }
    package var isRaised: Bool { signal != 0 }

    /// Starts to listen; threads started later, and only those, leave the signals to the listener.
    package func listen() {
        let signals = Self.signals
        _ = withUnsafePointer(to: signals) { pthread_sigmask(SIG_BLOCK, $0, nil) }
        let listener = Workers.spawnThread { [self] in
            var information = siginfo_t()
            while true {
                let received = withUnsafePointer(to: signals) { sigwaitinfo($0, &information) }
                // A signal of the terminal reaches the children of its group without help.
                if received > 0 { handle(received, isFromTerminal: information.si_code == siFromKernel) }
            }
        }
        if let listener { pthread_detach(listener) }
    }

    /// Starts a child that signals are passed on to until it was waited for.
    package func run(_ start: () throws -> ChildProcess) throws -> ChildProcess.Ending {
        let child = try start()
        children.withLock { $0[child.processID] = child }
        if isRaised { child.signal(signal) }
        let ending = child.wait()
        children.withLock { $0[child.processID] = nil }
        return ending
    }

    /// Does what the arrival of a first signal from outside of the terminal does.
    package func raise(_ signal: Int32) { handle(signal, isFromTerminal: false) }

    private func handle(_ received: Int32, isFromTerminal: Bool) {
        let isFirst = number.compareExchange(expected: 0, desired: received, ordering: .acquiringAndReleasing).exchanged
        // Within the lock, so that nobody leaves once the child is gone, but not yet all that came from it.
        children.withLock { running in
            for child in running.values where !isFirst || child.ownsGroup || !isFromTerminal {
                child.signal(isFirst ? received : SIGKILL)
            }
        }
        if !isFirst { _exit(Self.exitCode) }
    }

    /// The signals that ask a process to stop, without those that are ignored, as SIGHUP is under `nohup`.
    package static var signals: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in [SIGINT, SIGTERM, SIGHUP] where apus_is_ignored(number) == 0 { sigaddset(&set, number) }
        return set
    }
}

/// Linux's `SI_KERNEL`, a macro that Swift does not import.
private let siFromKernel: Int32 = 0x80
