import NIOCore
import NIOHTTP2

extension GRPCConnection {
    /// How far a connection is with its end.
    enum Drain {
        case none
        /// The client has been told; calls that it made before it knew are answered.
        case announced
        /// No call that comes now is answered.
        case last
    }

    /// Tells the client to make no more calls; the connection closes when those under way are answered.
    func startDrain() {
        guard drain == .none, let eventLoop = context?.eventLoop else { return }
        drain = .announced
        write(.rootStream, .goAway(lastStreamID: .maxID, errorCode: .noError, opaqueData: nil))
        // The answer to it comes after all calls that were on their way.
        write(.rootStream, .ping(HTTP2PingData(withInteger: 0x6170_7573), ack: false))
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        eventLoop.scheduleTask(in: .seconds(2)) { bound.value.clientKnowsOfEnd() }
    }

    func clientKnowsOfEnd() {
        guard drain == .announced else { return }
        drain = .last
        write(.rootStream, .goAway(lastStreamID: lastStream, errorCode: .noError, opaqueData: nil))
        endIfDrained()
    }

    func endIfDrained() {
        guard drain == .last, streams.isEmpty, let context else { return }
        let promise = context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        promise.futureResult.whenComplete { _ in bound.value.context?.close(promise: nil) }
        write(.rootStream, .goAway(lastStreamID: lastStream, errorCode: .noError, opaqueData: nil), promise: promise)
    }
}
