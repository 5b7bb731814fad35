import ArgumentParser
import Serving

/// Where and how a server listens.
struct ListeningOptions: ParsableArguments {
    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(name: .shortAndLong, help: "The port to listen on; 0 for a free one.")
    var port = 3000

    @Option(help: ArgumentHelp("The largest body of a request, in MB.", valueName: "MB"))
    var maxBody = 64

    var settings: ServerSettings {
        var settings = ServerSettings(host: host, port: port)
        settings.maxBodySize = max(0, min(maxBody, 1 << 20)) << 20
        return settings
    }
}
