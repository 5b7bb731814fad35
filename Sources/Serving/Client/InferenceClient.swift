package import Inference
package import NIOCore
package import NIOHTTP1

/// Asks a server that speaks the Open Inference Protocol v2, over one connection.
package protocol InferenceClient: Sendable {
    /// Fails where the server does not say that it is ready.
    func checkReadiness() -> EventLoopFuture<Void>

    /// The names of the server's models, if it tells them.
    func modelNames() -> EventLoopFuture<[String]>

    /// What the server tells of a model.
    func model(named name: String, version: String?) -> EventLoopFuture<RemoteModel>

    /// Makes a request that can be sent many times.
    func encode(_ question: Question) -> EncodedMessage

    /// Sends a request; fails when the server refuses it.
    func send(_ message: EncodedMessage) -> EventLoopFuture<EncodedMessage>

    /// Reads the tensors out of an answer.
    func decode(_ answer: EncodedMessage) throws(InferenceClientError) -> [NamedTensor]

    func close()
}

/// What a client asks of a model.
package struct Question: Sendable {
    package var model: String
    package var version: String?
    package var inputs: [NamedTensor]
    /// All when empty.
    package var outputs: [String]

    package init(model: String, version: String? = nil, inputs: [NamedTensor], outputs: [String] = []) {
        self.model = model
        self.version = version
        self.inputs = inputs
        self.outputs = outputs
    }
}

/// A request or an answer as it goes over the line.
package struct EncodedMessage: Sendable {
    package var path: String
    package var headers: HTTPHeaders
    package var body: ByteBuffer

    package init(path: String = "", headers: HTTPHeaders = HTTPHeaders(), body: ByteBuffer = ByteBuffer()) {
        self.path = path
        self.headers = headers
        self.body = body
    }
}

/// What a server says no with, or an answer that makes no sense.
package enum InferenceClientError: Error, Sendable, Hashable, CustomStringConvertible {
    case refused(status: String, message: String)
    case malformed(String)

    package var description: String {
        switch self {
        case .refused(let status, let message):
            message.isEmpty ? "the server answered \(status)" : "\(message) (\(status))"
        case .malformed(let reason): "the server's answer makes no sense: \(reason)"
        }
    }
}
