package import Inference
import NIOCore
import NIOHTTP1
import NIOPosix
import Transport

/// A server of models, asked by a program that waits for the answers.
package final class ModelServer {
    /// How a server is asked.
    package struct Options: Sendable {
        package var isGRPC = false
        /// Whether tensors go as bytes after the JSON.
        package var isBinary = false
        /// Header fields for each request.
        package var fields: [(String, String)] = []
        package var timeout: Duration = .seconds(60)
        /// A file of certificates to trust in place of the system's.
        package var trustRoots: String?

        package init() {}
    }

    private let address: WebAddress
    private let options: Options
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private var clients: [any InferenceClient] = []

    /// A server at `host:port` or an address of http or https; nothing is sent yet.
    package init(_ address: String, _ options: Options) throws {
        self.address = try WebAddress(address)
        self.options = options
    }

    deinit {
        for client in clients { client.close() }
        try? group.syncShutdownGracefully()
    }

    /// Whether a route is named, and not the server alone.
    package var hasPath: Bool { address.path != "/" && !options.isGRPC }

    /// Throws where the server cannot be reached or does not say that it is ready.
    package func checkReadiness() throws { try client().checkReadiness().wait() }

    /// The names of its models, sorted.
    package func modelNames() throws -> [String] {
        Array(Set(try client().modelNames().wait())).sorted()
    }

    package func model(named name: String, version: String?) throws -> RemoteModel {
        try client().model(named: name, version: version).wait()
    }

    /// Asks a model.
    package func answer(_ question: Question) throws -> [NamedTensor] {
        let client = try client()
        return try client.decode(try client.send(client.encode(question)).wait())
    }

    /// Posts bytes to the route of the address and gives the body of the answer.
    package func post(_ bytes: [UInt8], mediaType: String) throws -> [UInt8] {
        Array(try client().send(message(bytes, mediaType: mediaType)).wait().body.readableBytesView)
    }

    /// Measures the answers to a question over several connections.
    package func measure(_ question: Question, connections: Int, _ limit: LoadTest.Limit) throws -> LoadTest.Result {
        try measure(try client().encode(question), connections, limit)
    }

    /// Measures the answers to bytes that are posted to the route of the address.
    package func measure(
        posting bytes: [UInt8],
        mediaType: String,
        connections: Int,
        _ limit: LoadTest.Limit
    ) throws -> LoadTest.Result {
        try measure(message(bytes, mediaType: mediaType), connections, limit)
    }

    private func measure(_ message: EncodedMessage, _ lanes: Int, _ limit: LoadTest.Limit) throws -> LoadTest.Result {
        while clients.count < max(1, lanes) { clients.append(try connect()) }
        return LoadTest(clients, message, limit).run(on: group)
    }

    private func client() throws -> any InferenceClient {
        if let client = clients.first { return client }
        clients.append(try connect())
        return clients[0]
    }

    private func connect() throws -> any InferenceClient {
        var policy = TransportPolicy()
        policy.timeout = .nanoseconds(Int64(clamping: options.timeout.nanoseconds))
        policy.trustRoots = options.trustRoots
        let loop = group.next()
        if options.isGRPC {
            let connection = try CallConnection.connect(to: address.origin, on: loop, policy: policy).wait()
            return GRPCClient(connection, metadata: options.fields)
        }
        let connection = try ClientConnection.connect(to: address.origin, on: loop, policy: policy).wait()
        return RESTClient(connection, isBinary: options.isBinary, headers: options.fields)
    }

    private func message(_ bytes: [UInt8], mediaType: String) -> EncodedMessage {
        var headers = HTTPHeaders(options.fields)
        if !headers.contains(name: "content-type") { headers.add(name: "content-type", value: mediaType) }
        return EncodedMessage(path: address.path, headers: headers, body: ByteBuffer(bytes: bytes))
    }
}

extension Tensor {
    /// The elements as nested JSON lists.
    package var json: String {
        var output = JSONOutput(ByteBuffer())
        output.nested(self)
        return String(buffer: output.buffer)
    }

    /// The elements of one row, as JSON with commas between them.
    package func json(row: Int) -> String {
        let width = elementCount / max(1, shape.first ?? 1)
        var output = JSONOutput(ByteBuffer())
        output.elements(of: self, row * width..<(row + 1) * width)
        return String(buffer: output.buffer)
    }
}
