import ArgumentParser
import Serving

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

    func server() throws -> ModelServer {
        var options = ModelServer.Options()
        options.isGRPC = grpc
        options.isBinary = binary
        options.timeout = .seconds(max(0.001, min(timeout, 86_400)))
        options.trustRoots = trustRoots
        options.fields = try headers.map { text in
            guard let colon = text.firstIndex(of: ":"), colon > text.startIndex,
                text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
            else { throw Refusal("--header is name:value") }
            return (String(text[..<colon]), String(text[text.index(after: colon)...].drop { $0 == " " }))
        }
        return try ModelServer(address, options)
    }
}
