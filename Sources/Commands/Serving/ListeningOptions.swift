import ArgumentParser
import Basics
import Glibc
import Inference
import Projects
import Serving

/// Where and how a server listens.
struct ListeningOptions: ParsableArguments {
    @Option(help: "The address to listen on; 0.0.0.0 for all.")
    var host = "127.0.0.1"

    @Option(name: .shortAndLong, help: "The port to listen on; 0 for a free one.")
    var port = 3000

    @Option(help: "The port for gRPC; none unless given.")
    var grpcPort: Int?

    @Option(help: ArgumentHelp("How long an answer may take, such as 500ms.", valueName: "time"))
    var timeout = "60s"

    @Option(help: ArgumentHelp("The largest body of a request, in MB.", valueName: "MB"))
    var maxBody = 64

    @Option(
        help: ArgumentHelp(
            "All requests together, in MB; a quarter of the memory, at most 1024, unless given.",
            valueName: "MB"
        )
    )
    var maxBuffered: Int?

    @Option(help: ArgumentHelp("Connections at the same time.", valueName: "count"))
    var maxConnections = 10_000

    @Flag(help: "Load models, code and apus.yaml again when they change.")
    var reload = false

    @Option(
        help: ArgumentHelp("Seconds to take requests on SIGTERM while readiness is denied.", valueName: "seconds")
    )
    var drainDelay = 0

    @Option(help: ArgumentHelp("Seconds that requests under way may take to end.", valueName: "seconds"))
    var shutdownTimeout = 30

    @Option(
        help: ArgumentHelp("Keys, one a line, of which a client needs one.", valueName: "path"),
        completion: .file()
    )
    var apiKeyFile: String?

    @Option(help: ArgumentHelp("The certificate chain for TLS.", valueName: "path"), completion: .file())
    var tlsCert: String?

    @Option(help: ArgumentHelp("The certificate's key.", valueName: "path"), completion: .file())
    var tlsKey: String?

    @Option(help: ArgumentHelp("Origins of web pages that may ask, with commas; * for all.", valueName: "origins"))
    var cors: String?

    @OptionGroup var log: LogOptions

    func settings() throws -> ServerSettings {
        guard (0...65_535).contains(port), (0...65_535).contains(grpcPort ?? 0) else {
            throw Refusal("ports are numbers up to 65535")
        }
        guard let limit = ServiceDuration.parse(timeout) else {
            throw Refusal("'\(timeout)' is no time such as 30s or 500ms")
        }
        var settings = ServerSettings(host: host, port: port)
        settings.maxBodySize = max(0, min(maxBody, 1 << 20)) << 20
        let share =
            maxBuffered.map { max(0, min($0, 1 << 20)) << 20 } ?? min(1 << 30, (MemoryLimit.current ?? .max) / 4)
        // One body of the greatest size must find room.
        settings.maxBuffered = max(share, settings.maxBodySize)
        settings.maxConnections = max(1, maxConnections)
        settings.requestTimeout = limit > .zero ? limit : nil
        settings.origins = cors?.split(separator: ",").map(String.init) ?? []
        if let apiKeyFile { settings.keys = try keys(apiKeyFile) }
        switch (tlsCert, tlsKey) {
        case (let chain?, let key?): settings.certificate = (chain, key)
        case (nil, nil): break
        default: throw Refusal("--tls-cert and --tls-key belong together")
        }
        return settings
    }

    private func keys(_ path: String) throws -> [String] {
        let text = String(decoding: try Files.read(path), as: UTF8.self)
        let keys = text.split(whereSeparator: \.isNewline).map { $0.filter { $0 != " " && $0 != "\t" } }
            .filter { !$0.isEmpty && !$0.hasPrefix("#") }
        // An empty file must not open the door.
        if keys.isEmpty { throw Refusal("'\(path)' has no keys") }
        return keys
    }
}

/// The log of requests.
struct LogOptions: ParsableArguments {
    @Option(
        name: .customLong("log"),
        help: ArgumentHelp(
            "Where a line of JSON for each request goes: a file, - for standard error, or none.",
            valueName: "path"
        )
    )
    var target = "-"

    @Option(name: .customLong("log-sample"), help: "Of the requests that succeed, write one in so many.")
    var sampling = 1

    func open() throws -> AccessLog? {
        switch target {
        case "none": return nil
        case "-": return AccessLog(descriptor: 2, sampling: sampling)
        default:
            let descriptor = try Files.open(target, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, mode: 0o644)
            return AccessLog(descriptor: descriptor, sampling: sampling)
        }
    }
}
