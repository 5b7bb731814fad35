import Basics

/// The place of a served model, whose model can be replaced while calls run.
package final class ModelSlot: Sendable {
    private let state: Monitor<State>

    package init(_ model: any Model) {
        state = Monitor(State(lodger: Lodger(model)))
    }

    /// What the model takes and gives now.
    package var signature: ModelSignature { state.withLock { $0.signature } }

    /// How many calls the model takes at the same time now.
    package var concurrency: Int { state.withLock { max(1, $0.lodger?.model.concurrency ?? 1) } }

    var isInProcess: Bool { state.withLock { $0.lodger?.model.isInProcess ?? false } }

    /// Calls `body` with the model that is there now and that stays open until `body` returns.
    package func withModel<Result>(
        _ body: (any Model) throws(InferenceError) -> Result
    ) throws(InferenceError) -> Result {
        guard let lodger = enter() else { throw .unavailable("the model is closed") }
        defer { leave(lodger) }
        return try body(lodger.model)
    }

    /// Puts another model in the place and closes the old one when its last call has ended, which this waits for.
    ///
    /// Calls that begin meanwhile get the new one already. The new model should have been warmed up. Returns false, and
    /// leaves the new model as it is, when the slot is closed.
    @discardableResult
    package func replace(with model: any Model) -> Bool {
        let lodger = Lodger(model)
        let (old, observers) = state.withLock { state -> (Lodger?, [@Sendable () -> Void]) in
            guard let old = state.lodger else { return (nil, []) }
            state.lodger = lodger
            state.signature = lodger.model.signature
            return (old, state.observers)
        }
        guard let old else { return false }
        for observer in observers { observer() }
        end(old)
        return true
    }

    /// Closes the model when its last call has ended, which this waits for; later calls find none.
    package func close() {
        let old = state.withLock { state in
            defer { state.lodger = nil }
            return state.lodger
        }
        if let old { end(old) }
    }

    /// Has `observer` called after each replacement.
    func onReplacement(_ observer: @escaping @Sendable () -> Void) {
        state.withLock { $0.observers.append(observer) }
    }

    private func end(_ lodger: Lodger) {
        _ = state.wait { _ in lodger.calls == 0 ? true : nil }
        lodger.model.close()
    }

    private func enter() -> Lodger? {
        state.withLock { state in
            state.lodger?.calls += 1
            return state.lodger
        }
    }

    private func leave(_ lodger: Lodger) {
        state.withLock { _ in lodger.calls -= 1 }
    }

    private struct State {
        var lodger: Lodger?
        /// Kept when the model has left, for those who still ask.
        var signature: ModelSignature
        var observers: [@Sendable () -> Void] = []

        init(lodger: Lodger) {
            self.lodger = lodger
            signature = lodger.model.signature
        }
    }

    /// A model and how many calls it has, which only those who hold the lock of the slot look at.
    private final class Lodger: @unchecked Sendable {
        let model: any Model
        var calls = 0

        init(_ model: any Model) {
            self.model = model
        }
    }
}
