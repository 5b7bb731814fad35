import Basics
import Glibc
import Serving

/// Keeps what is served in step with its files, on a thread of its own, as loading may take long.
final class ModelWatch: Sendable {
    private struct State {
        var isWanted = false
        var isEnding = false
        var isDone = false
    }

    private let state = Monitor(State())

    /// Looks for changes at each `interval`; only when asked if that is nil.
    init(_ reload: ServiceReload, every interval: Duration?) {
        let thread = Workers.spawnThread(stackSize: 8 << 20) { [self] in
            var reload = reload
            while let isAsked = next(interval) { reload.run(isAsked: isAsked, self) }
            state.withLock { $0.isDone = true }
        }
        if let thread { pthread_detach(thread) } else { state.withLock { $0.isDone = true } }
    }

    /// Has everything loaded anew.
    func reload() { state.withLock { $0.isWanted = true } }

    /// From now on nothing new is put in place.
    func end() { state.withLock { $0.isEnding = true } }

    /// Waits until what was being loaded has been closed, or the time is over.
    func wait(atMost limit: Duration) { _ = state.wait(atMost: limit) { $0.isDone ? true : nil } }

    /// Runs `body` unless the server ends; tells whether it did.
    func unlessEnding(_ body: () throws -> Void) rethrows -> Bool {
        try state.withLock { state in
            if state.isEnding { return false }
            try body()
            return true
        }
    }

    /// Waits for the next order: true when everything is to be loaded, false to look for changes, nil at the end.
    private func next(_ interval: Duration?) -> Bool? {
        func order(_ state: inout State) -> Bool?? {
            if state.isEnding { return .some(nil) }
            guard state.isWanted else { return nil }
            state.isWanted = false
            return true
        }
        guard let interval else { return state.wait(until: order) }
        return state.wait(atMost: interval, until: order) ?? false
    }
}
