import Inference
import NIOCore

extension ServerCore {
    /// `POST /predict`.
    func predict(_ exchange: Exchange, _ service: Service, _ loopState: LoopState) throws(HTTPFailure) {
        let inputs = try exchange.request.body.reading { (bytes: UnsafeRawBufferPointer) throws(HTTPFailure) in
            var cursor = JSONCursor(bytes)
            return try service.tensors(&cursor)
        }
        service.run(inputs, exchange, loopState) { _, values in
            var output = JSONOutput(ByteBuffer())
            output.object(values)
            return HTTPResponse(body: output.buffer)
        }
    }

    /// `POST /v1/models/{model}:predict`.
    func v1Predict(_ exchange: Exchange, _ service: Service, _ loopState: LoopState) throws(HTTPFailure) {
        throw HTTPFailure(501, "not yet")
    }
}

extension ByteBuffer {
    /// Gives the readable bytes to `body`, whose error stays typed.
    func reading<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withUnsafeReadableBytes { (bytes: UnsafeRawBufferPointer) -> Swift.Result<Result, Failure> in
            do throws(Failure) {
                return .success(try body(bytes))
            } catch {
                return .failure(error)
            }
        }.get()
    }
}
