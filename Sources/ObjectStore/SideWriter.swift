import Basics
import Glibc

/// Writes blocks of a file on a thread of its own, each while the caller does something else with it.
final class SideWriter: Sendable {
    private struct State {
        // The caller waits for the block to be written before it lets go of its bytes.
        nonisolated(unsafe) var block: UnsafeRawBufferPointer?
        var isFinished = false
        var error: FileError?
    }

    private let state = Monitor(State())
    private let thread: pthread_t

    /// Starts the thread; nil when the system refuses one. `descriptor` must stay open until ``finish()``.
    init?(descriptor: Int32, path: String) {
        let state = state
        guard let thread = Workers.spawnThread({ Self.work(state, descriptor, path) }) else { return nil }
        self.thread = thread
    }

    /// Runs `body` while the bytes are written.
    func write(_ block: UnsafeRawBufferPointer, during body: () -> Void) throws {
        state.withLock { $0.block = block }
        body()
        let error: FileError? = state.wait { state in state.block == nil ? .some(state.error) : nil }
        if let error { throw error }
    }

    /// Ends the thread. Nothing else may be called afterwards.
    func finish() {
        state.withLock { $0.isFinished = true }
        Workers.join(thread)
    }

    private static func work(_ state: Monitor<State>, _ descriptor: Int32, _ path: String) {
        while true {
            let block: UnsafeRawBufferPointer? = state.wait { state in
                if let block = state.block { return .some(block) }
                return state.isFinished ? .some(nil) : nil
            }
            guard let block else { return }
            var failure: FileError?
            do { try FileContent.write(block, to: descriptor, path: path) } catch { failure = error }
            let error = failure
            state.withLock { state in
                state.block = nil
                if let error { state.error = error }
            }
        }
    }
}
