import ArgumentParser
import NIOCore
import NIOHTTP1
import NIOPosix
import Serving
import Transport

/// Which server is asked, and how.
struct ServerOptions: ParsableArguments {
    @Argument(help: "The server: host:port or an address of http or https.")
    var address: String

    @Flag(help: "Speak gRPC.")
    var grpc = false

    @Flag(help: "Send and get tensors as bytes after the JSON.")
    var binary = false

    @Option(name: .customLong("header"), help: ArgumentHelp("A field for each request.", valueName: "name:value"))
    var headers: [String] = []

    @Option(help: ArgumentHelp("How long an answer may take, in seconds.", valueName: "seconds"))
    var timeout = 60.0

    @Option(name: .customLong("cacert"), help: ArgumentHelp("Certificates to trust.", valueName: "file"))
    var trustRoots: String?

    func connector(on group: MultiThreadedEventLoopGroup) throws -> ServerConnector {
        let fields = try headers.map { text -> (String, String) in
            guard let colon = text.firstIndex(of: ":"), colon > text.startIndex else {
                throw Refusal("--header is name:value")
            }
            return (String(text[..<colon]), String(text[text.index(after: colon)...].drop { $0 == " " }))
        }
        var policy = TransportPolicy()
        policy.timeout = .nanoseconds(Int64(max(0.001, min(timeout, 86_400)) * 1e9))
        policy.trustRoots = trustRoots
        return ServerConnector(
            address: try WebAddress(address),
            isGRPC: grpc,
            isBinary: binary,
            fields: fields,
            policy: policy,
            group: group
        )
    }
}

/// Makes connections to one server.
struct ServerConnector {
    let address: WebAddress
    let isGRPC: Bool
    let isBinary: Bool
    let fields: [(String, String)]
    let policy: TransportPolicy
    let group: MultiThreadedEventLoopGroup

    /// Whether a route of the server is named, and not the server alone.
    var hasPath: Bool { address.path != "/" && !isGRPC }

    func client() throws -> any InferenceClient {
        let loop = group.next()
        if isGRPC {
            let connection = try CallConnection.connect(to: address.origin, on: loop, policy: policy).wait()
            return GRPCClient(connection, metadata: fields)
        }
        let connection = try ClientConnection.connect(to: address.origin, on: loop, policy: policy).wait()
        return RESTClient(connection, isBinary: isBinary, headers: fields)
    }

    /// A file's bytes for the route that is named.
    func message(_ bytes: [UInt8], mediaType: String) -> EncodedMessage {
        var headers = HTTPHeaders(fields)
        if !headers.contains(name: "content-type") { headers.add(name: "content-type", value: mediaType) }
        return EncodedMessage(path: address.path, headers: headers, body: ByteBuffer(bytes: bytes))
    }
}
