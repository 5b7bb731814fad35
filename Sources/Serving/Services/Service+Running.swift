import Inference
import NIOCore

extension Service {
    /// Runs the model for a request and gives the answer to `body` on the request's loop.
    func run(
        _ inputs: [NamedTensor],
        outputs: [String] = [],
        timeout: Int? = nil,
        on batcher: Batcher? = nil,
        _ exchange: Exchange,
        _ loopState: LoopState,
        _ body: @escaping @Sendable (Exchange, [NamedValue]) throws(HTTPFailure) -> HTTPResponse
    ) {
        if let own = self.timeout, own > .zero { exchange.limit(to: own.nanoseconds) }
        if let timeout, timeout > 0 { exchange.limit(to: UInt64(timeout) &* 1000) }
        exchange.rows = inputs.first?.tensor.rows ?? 1
        exchange.prediction?.inputs = .tensors(inputs)
        let request = InferenceRequest(inputs: inputs, outputs: outputs, deadline: exchange.modelDeadline)
        let batcher = batcher ?? self.batcher
        let ticket = batcher.enqueue(request) { result in
            exchange.onLoop { exchange in Self.complete(result, exchange, body) }
        }
        guard let ticket, !exchange.isFinished else { return }
        loopState.run(batcher, exchange, ticket)
    }

    private static func complete(
        _ result: Result<[NamedValue], InferenceError>,
        _ exchange: Exchange,
        _ body: (Exchange, [NamedValue]) throws(HTTPFailure) -> HTTPResponse
    ) {
        // Who has got an answer, or has gone, needs none written.
        if exchange.isFinished { return }
        switch result {
        case .success(let values):
            exchange.prediction?.outputs = .tensors(values)
            do throws(HTTPFailure) {
                exchange.finish(try body(exchange, values))
            } catch {
                exchange.finish(error)
            }
        case .failure(let error): exchange.finish(HTTPFailure(error))
        }
    }
}
