import Basics
import Glibc
import Synchronization
import Values

extension WorkerPool {
    /// The life of one place for a worker: starts one, waits for its end, starts the next.
    func supervise(_ number: Int) {
        var pause = settings.restartPause
        while !state.withLock({ $0.isClosed }) {
            let started = ContinuousClock.now
            let isAsked = runOne(number)
            if description.withLock({ if case .success = $0 { false } else { true } }) { return }
            if isAsked { continue }
            if ContinuousClock.now - started > .seconds(60) { pause = settings.restartPause }
            _ = closing.wait(atMost: pause) { $0 ? true : nil }
            pause = min(pause * 2, .seconds(30))
        }
    }

    /// One worker from start to end; true when its end was asked for.
    private func runOne(_ number: Int) -> Bool {
        let link: WorkerLink
        do {
            link = try WorkerLink(number: number, settings: settings, adapter: adapter)
        } catch {
            failed("\(error)", number)
            return false
        }
        let isClosed = state.withLock { state in
            state.links[number] = link
            return state.isClosed
        }
        if isClosed { link.kill(.closing) }
        let failure = handshake(link)
        if failure != nil { link.kill(.closing) }
        let ending = link.awaitEnd()
        state.withLock { state in
            state.links[number] = nil
            state.idle.removeAll { $0 === link }
            if failure == nil { state.up -= 1 }
        }
        if let failure {
            failed(failure.isEmpty ? "the worker ended (\(ending.words)): \(link.log.lastLine())" : failure, number)
            return false
        }
        return tell(ending, of: link)
    }

    /// Waits until the model is loaded; gives what went wrong, empty when the worker just ended.
    private func handshake(_ link: WorkerLink) -> String? {
        let end = ContinuousClock.now + settings.startLimit
        let found: PythonDescription
        do {
            let header = try link.receive(until: end).header
            if let failure = header["failure"]?.string { return failure }
            guard let read = PythonDescription(header) else { return "the worker speaks another language" }
            found = read
            try link.shareAnswers(until: end)
        } catch .late {
            return "the model was not loaded within \(settings.startLimit)"
        } catch {
            return ""
        }
        let known = description.withLock { $0 }
        if case .success(let expected)? = known, expected.methods != found.methods {
            return "the methods of \(settings.target) have changed; the server must be started anew"
        }
        state.withLock { state in
            state.up += 1
            hand(link, &state)
        }
        description.withLock { $0 = $0 ?? .success(found) }
        return nil
    }

    /// Notes a worker that could not be started.
    private func failed(_ message: String, _ number: Int) {
        let isFirst = description.withLock { known in
            if known != nil { return false }
            known = .failure(.failed(message))
            return true
        }
        if isFirst || state.withLock({ $0.isClosed }) { return }
        settings.log("worker \(number) could not be started: \(message)")
        noteCrash(message)
    }

    /// Notes the end of a worker; true when it was asked for.
    private func tell(_ ending: ChildProcess.Ending, of link: WorkerLink) -> Bool {
        switch link.reason {
        case .closing: break
        case .timeLimit: settings.log("worker \(link.number) was killed: a call took more than \(settings.timeLimit)")
        case .memoryLimit: settings.log("worker \(link.number) is replaced: it takes more memory than it may")
        case nil:
            settings.log("worker \(link.number) ended (\(ending.words)) and is started anew")
            noteCrash(link.log.lastLine())
            return false
        }
        return true
    }

    private func noteCrash(_ message: String) {
        let (isNew, waiters) = state.withLock { state -> (Bool, [Waiter]) in
            let before = isLooping(&state)
            state.crashes.append(.now)
            guard isLooping(&state) else { return (false, []) }
            guard state.up == 0 else { return (!before, []) }
            defer { state.waiters = [] }
            return (!before, state.waiters)
        }
        if isNew { settings.log("the model's workers keep ending; it is not ready until they stay up: \(message)") }
        for waiter in waiters { _ = waiter.give(.failure(Self.crashing)) }
    }
}
