import Inference
import NIOCore
import Synchronization

extension Service {
    /// Runs the model for a request and gives the answer to `body` on the request's loop.
    func run(
        _ inputs: [NamedTensor],
        outputs: [String] = [],
        _ exchange: Exchange,
        _ loopState: LoopState,
        _ body: @escaping @Sendable (Exchange, [NamedValue]) throws(HTTPFailure) -> HTTPResponse
    ) {
        do throws(InferenceError) {
            complete(.success(try model.infer(inputs, outputs: outputs, deadline: nil)), exchange, body)
        } catch {
            complete(.failure(error), exchange, body)
        }
    }

    private func complete(
        _ result: Result<[NamedValue], InferenceError>,
        _ exchange: Exchange,
        _ body: (Exchange, [NamedValue]) throws(HTTPFailure) -> HTTPResponse
    ) {
        switch result {
        case .success(let values):
            statistics.successes.wrappingAdd(1, ordering: .relaxed)
            do throws(HTTPFailure) {
                exchange.finish(try body(exchange, values))
            } catch {
                exchange.finish(error)
            }
        case .failure(let error):
            statistics.failures.wrappingAdd(1, ordering: .relaxed)
            exchange.finish(HTTPFailure(error))
        }
    }
}
