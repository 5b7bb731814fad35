import Basics
import Glibc
import Synchronization

/// The workers of a model: hands out those that are free, first come first served, and keeps them running.
final class WorkerPool: Sendable {
    struct State {
        var idle: [WorkerLink] = []
        var waiters: [Waiter] = []
        var links: [Int: WorkerLink] = [:]
        /// Workers that have loaded the model and not ended.
        var up = 0
        /// When workers ended that were not asked to.
        var crashes: [ContinuousClock.Instant] = []
        var isClosed = false
    }

    let settings: PythonModel.Settings
    let adapter: Int32
    let state = Mutex(State())
    let description = Monitor<Result<PythonDescription, InferenceError>?>(nil)
    /// Wakes the supervisors that pause.
    let closing = Monitor(false)
    private let threads = Mutex<[pthread_t]>([])

    /// A pool without workers yet; it owns the descriptor of the adapter.
    init(settings: PythonModel.Settings, adapter: Int32) {
        self.settings = settings
        self.adapter = adapter
    }

    deinit { _ = Glibc.close(adapter) }

    /// Starts the first worker, waits until it has loaded the model, and starts the others.
    func start() throws(InferenceError) -> PythonDescription {
        spawnSupervisor(1)
        let result = description.wait { $0 }
        guard case .success(let found) = result else {
            close()
            if case .failure(let error) = result { throw error }
            throw .failed("the model did not start")
        }
        for number in 1..<max(1, settings.workers) { spawnSupervisor(number + 1) }
        return found
    }

    private func spawnSupervisor(_ number: Int) {
        guard let thread = Workers.spawnThread({ self.supervise(number) }) else {
            description.withLock { $0 = $0 ?? .failure(.unavailable("no thread can be started")) }
            return
        }
        threads.withLock { $0.append(thread) }
    }

    /// A worker for the caller alone, who waits for one if need be.
    func take(deadline: Deadline?) throws(InferenceError) -> WorkerLink {
        let waiter = Waiter()
        let found = state.withLock { state -> Result<WorkerLink, InferenceError>? in
            if state.isClosed { return .failure(.unavailable("the model is closed")) }
            if let link = state.idle.popLast() { return .success(link) }
            if state.up == 0, isLooping(&state) { return .failure(Self.crashing) }
            state.waiters.append(waiter)
            return nil
        }
        if let found { return try found.get() }
        if let result = waiter.wait(until: deadline) { return try result.get() }
        state.withLock { $0.waiters.removeAll { $0 === waiter } }
        // It may have been served in between.
        if case .success(let link)? = waiter.take() { giveBack(link) }
        throw .timeout
    }

    /// Makes a worker free again.
    func giveBack(_ link: WorkerLink) {
        state.withLock { state in
            // One that has ended meanwhile is its supervisor's matter.
            guard state.links[link.number] === link else { return }
            hand(link, &state)
        }
    }

    /// Gives a free worker to who waits longest.
    func hand(_ link: WorkerLink, _ state: inout State) {
        while !state.waiters.isEmpty {
            if state.waiters.removeFirst().give(.success(link)) { return }
        }
        state.idle.append(link)
    }

    static var crashing: InferenceError {
        .unavailable("the model's workers keep ending; see the server's log")
    }

    /// Whether workers end as fast as they are started.
    func isLooping(_ state: inout State) -> Bool {
        let now = ContinuousClock.now
        state.crashes.removeAll { now - $0 > .seconds(60) }
        return state.crashes.count >= settings.crashLimit
    }

    var isReady: Bool {
        state.withLock { $0.up > 0 && !$0.isClosed && !isLooping(&$0) }
    }

    /// Workers that have loaded the model and run.
    var upCount: Int { state.withLock { $0.up } }

    /// Ends all workers: politely, then by SIGTERM, then by SIGKILL.
    func close() {
        let (links, waiters) = state.withLock { state in
            state.isClosed = true
            defer { state.waiters = [] }
            return (Array(state.links.values), state.waiters)
        }
        for waiter in waiters { _ = waiter.give(.failure(.unavailable("the model is closed"))) }
        closing.withLock { $0 = true }
        for link in links { link.retire(.closing) }
        let end = ContinuousClock.now + settings.stopLimit
        let late = links.filter { $0.ending(within: ContinuousClock.now.duration(to: end)) == nil }
        for link in late { link.signal(SIGTERM, .closing) }
        let last = ContinuousClock.now + .seconds(1)
        for link in late where link.ending(within: ContinuousClock.now.duration(to: last)) == nil {
            link.kill(.closing)
        }
        let threads = threads.withLock { threads in
            defer { threads = [] }
            return threads
        }
        for thread in threads { Workers.join(thread) }
    }
}

/// A caller that waits for a worker.
final class Waiter: Sendable {
    private struct State {
        var result: Result<WorkerLink, InferenceError>?
        var isGone = false
    }

    private let state = Monitor(State())

    /// Hands over; false when the caller waits no more.
    func give(_ result: Result<WorkerLink, InferenceError>) -> Bool {
        state.withLock { state in
            if state.isGone { return false }
            state.result = result
            return true
        }
    }

    func wait(until deadline: Deadline?) -> Result<WorkerLink, InferenceError>? {
        guard let deadline else { return state.wait { $0.result } }
        return state.wait(atMost: ContinuousClock.now.duration(to: deadline.instant)) { $0.result }
    }

    /// What was handed over; nothing can be from now on.
    func take() -> Result<WorkerLink, InferenceError>? {
        state.withLock { state in
            state.isGone = true
            return state.result
        }
    }
}
