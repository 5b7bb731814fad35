import Inference
import NIOCore

extension LoopState {
    /// Has a batcher run what waits when all sockets that are ready now have been read, so that what came together is
    /// run together.
    func run(_ batcher: Batcher, _ exchange: Exchange, _ ticket: BatchTicket) {
        fresh.append((exchange, ticket))
        if !waiting.contains(where: { $0 === batcher }) { waiting.append(batcher) }
        if isRunScheduled { return }
        isRunScheduled = true
        exchange.loop.assumeIsolated().execute { self.runWaiting() }
    }

    private func runWaiting() {
        isRunScheduled = false
        let (batchers, exchanges) = (waiting, fresh)
        waiting.removeAll(keepingCapacity: true)
        fresh.removeAll(keepingCapacity: true)
        for batcher in batchers { batcher.runWaiting() }
        // Most have their answer by now and need no timer.
        for (exchange, ticket) in exchanges where !exchange.isFinished {
            exchange.wait { ticket.cancel() }
        }
    }
}
