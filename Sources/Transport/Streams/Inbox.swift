import NIOCore

/// Pieces that came and were not asked for yet; used on one event loop only.
final class Inbox {
    private let eventLoop: any EventLoop
    private var pieces = CircularBuffer<ByteBuffer>()
    private var size = 0
    private var waiting: EventLoopPromise<ByteBuffer?>?
    private var ending: Result<Void, TransportError>?

    /// Bytes that are kept before nothing more is read from the network.
    private static let limit = 256 << 10

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    deinit { waiting?.succeed(nil) }

    var isFull: Bool { size >= Self.limit }
    var hasEnded: Bool { ending != nil }
    /// Whether it is the taker's turn.
    var isUntaken: Bool { !pieces.isEmpty }

    func put(_ piece: ByteBuffer) {
        guard piece.readableBytes > 0, ending == nil else { return }
        if let promise = waiting {
            waiting = nil
            return promise.succeed(piece)
        }
        pieces.append(piece)
        size += piece.readableBytes
    }

    /// Ends the stream, with an error unless it is complete; what came before can still be taken.
    func end(_ error: TransportError? = nil) {
        guard ending == nil else { return }
        ending = error.map { .failure($0) } ?? .success(())
        if let promise = waiting {
            waiting = nil
            if let error { promise.fail(error) } else { promise.succeed(nil) }
        }
    }

    /// The next piece, nil at the end; one at a time.
    func take() -> EventLoopFuture<ByteBuffer?> {
        if let piece = pieces.popFirst() {
            size -= piece.readableBytes
            return eventLoop.makeSucceededFuture(piece)
        }
        switch ending {
        case .success: return eventLoop.makeSucceededFuture(nil)
        case .failure(let error): return eventLoop.makeFailedFuture(error)
        case nil: break
        }
        waiting?.succeed(nil)
        let promise = eventLoop.makePromise(of: ByteBuffer?.self)
        waiting = promise
        return promise.futureResult
    }
}
