import Inference
import NIOCore

/// A request and the place for its answer; used on the event loop of its connection only.
final class Exchange: @unchecked Sendable {
    // Safe to hand to other threads: they only carry it back to `loop`, through `onLoop`.
    var request: HTTPRequest
    let loop: any EventLoop
    var route: RouteTemplate = .other
    var service: Service?
    /// How many rows were asked for, for the log; 0 where that makes no sense.
    var rows = 0
    /// What is to be logged of a prediction; nil for what is not.
    var prediction: PredictionRecord?
    /// Until when an answer is wanted, by the monotonic clock.
    private(set) var deadline: UInt64?
    private var connection: HTTPConnection?
    private var cancellation: (@Sendable () -> Void)?
    private var timer: Scheduled<Void>?

    init(_ request: HTTPRequest, connection: HTTPConnection, loop: any EventLoop, timeout: Duration?) {
        self.request = request
        self.connection = connection
        self.loop = loop
        deadline = timeout.map { request.start &+ $0.nanoseconds }
    }

    var isFinished: Bool { connection == nil }

    /// Takes more bytes for the request, such as those of a body that was compressed.
    func hold(_ count: Int) -> Bool { connection?.hold(count) ?? true }

    /// Makes the time for the answer shorter, never longer.
    func limit(to nanoseconds: UInt64) {
        let limit = request.start &+ min(nanoseconds, 1 << 62)
        deadline = min(deadline ?? limit, limit)
    }

    /// The deadline for who runs the model.
    var modelDeadline: Deadline? {
        guard let deadline else { return nil }
        let now = Clock.now
        return Deadline(.now + .nanoseconds(deadline > now ? Int64(min(deadline - now, 1 << 62)) : 0))
    }

    /// Answers; what comes after the first answer is dropped.
    func finish(_ response: HTTPResponse) {
        guard let connection else { return }
        settle()
        connection.finish(self, response)
    }

    func finish(_ failure: HTTPFailure) {
        prediction?.error = failure.message
        finish(HTTPResponse(failure))
    }

    /// Nobody waits any more.
    func abandon() {
        let cancellation = cancellation
        settle()
        cancellation?()
    }

    /// Says how to take the request back, as its answer takes time.
    func wait(cancellation: @escaping @Sendable () -> Void) {
        guard !isFinished else { return }
        self.cancellation = cancellation
        guard let deadline, timer == nil else { return }
        let now = Clock.now
        let amount = deadline > now ? Int64(min(deadline - now, 1 << 62)) : 0
        timer = loop.scheduleTask(in: .nanoseconds(amount)) { [self] in
            let cancellation = self.cancellation
            finish(HTTPFailure(InferenceError.timeout))
            cancellation?()
        }
    }

    /// Runs `body` on the loop, at once when this is its thread.
    func onLoop(_ body: @escaping @Sendable (Exchange) -> Void) {
        if loop.inEventLoop { body(self) } else { loop.execute { body(self) } }
    }

    private func settle() {
        connection = nil
        cancellation = nil
        timer?.cancel()
        timer = nil
    }
}
