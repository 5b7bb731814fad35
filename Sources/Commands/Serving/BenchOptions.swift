import ArgumentParser
import Serving

/// How a server is measured.
struct BenchOptions: ParsableArguments {
    @Flag(help: "Send the request again and again and print how long the answers take.")
    var bench = false

    @Option(name: .shortAndLong, help: "Connections, with one request at a time on each.")
    var connections = 1

    @Option(help: ArgumentHelp("How long, in seconds.", valueName: "seconds"))
    var duration = 10.0

    @Option(name: [.customShort("n"), .long], help: ArgumentHelp("How many requests, instead of a duration."))
    var requests: Int?

    var lanes: Int { max(1, min(connections, 10_000)) }

    var limit: LoadTest.Limit {
        if let requests { return .requests(max(0, requests)) }
        return .duration(.seconds(max(0, min(duration, 86_400))))
    }
}
