import Compression
import Inference
import NIOCore
import NIOHTTP2

/// A call and how far it has come; used on its connection's event loop only.
final class GRPCStream {
    enum State {
        case receiving
        case answering
        /// The answer is written, but not sent to its end.
        case answered
    }

    let id: HTTP2StreamID
    let method: GRPCMethod
    var assembly: MessageAssembly
    /// What the answer is compressed with.
    let replyCompression: (format: CompressionFormat, name: String)?
    /// When the connection gives the call up.
    var expiry: NIODeadline
    let deadline: Deadline
    var state = State.receiving
    var inference: (any InferenceCall)?
    let start = Clock.now
    /// The number of the model in metrics.
    var model = 0
    /// What is to be logged of the prediction under way.
    var prediction: PredictionRecord?
    /// Bytes of the allowance that its messages have.
    var held = 0
    /// Bytes of the window that the client has used up.
    var usedWindow = 0
    /// Set for a call with many messages.
    var exchange: Exchange?

    /// How far a call with many messages is.
    struct Exchange {
        /// Whether the client has set the time for all of it.
        let isLimited: Bool
        var isBusy = false
        var isAdvancing = false
        var hasClientEnded = false
        var hasReplied = false
        /// Bytes that are received, but not yet to be sent anew.
        var withheld = 0
    }

    init(_ id: HTTP2StreamID, _ head: GRPCRequestHead, _ settings: GRPCSettings) throws(GRPCStatus) {
        self.id = id
        guard let method = GRPCMethod(path: head.path) else {
            throw GRPCStatus(.unimplemented, "there is no method '\(head.path)'")
        }
        self.method = method
        let compression = try head.compression()
        let isStream = method == .modelStreamInfer
        assembly = MessageAssembly(limit: settings.maximumMessage, compression: compression, isStream: isStream)
        if isStream { exchange = Exchange(isLimited: head.timeout != nil) }
        replyCompression = compression.flatMap { head.acceptsItsEncoding ? ($0, head.encoding) : nil }
        let limit = try head.timeLimit(or: settings.requestTimeout)
        expiry = .now() + limit
        deadline = Deadline(.now + .nanoseconds(limit.nanoseconds))
    }
}
