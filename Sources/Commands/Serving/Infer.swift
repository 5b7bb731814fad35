import ArgumentParser
import Basics
import Inference
import NIOCore
import NIOPosix
import Serving
import Tables

/// Asks a model server.
struct Infer: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "infer",
        abstract: "Ask a model server, or measure how fast it answers.",
        discussion: """
            Example: apus infer localhost:3000 --input rows.csv

            Any server of the Open Inference Protocol v2 will do. Without an input, prints what the model takes. Inputs are \
            .npy, .csv with a header, .json, or numbers with a row in each line; - is standard input. Images and other \
            files go to /predict as they are: apus infer http://localhost:3000/predict --input photo.jpg
            """
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var server: ServerOptions
    @OptionGroup var bench: BenchOptions

    @Option(help: ArgumentHelp("The model; the only one when not given.", valueName: "name"))
    var model: String?

    @Option(help: ArgumentHelp("The model's version.", valueName: "version"))
    var modelVersion: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("A file, - or name=FILE where the model takes several.", valueName: "[name=]FILE"),
        completion: .file()
    )
    var input: [String] = []

    @Option(name: .shortAndLong, help: ArgumentHelp("An output that is wanted; all by default.", valueName: "name"))
    var output: [String] = []

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        if bench.bench, input.isEmpty { throw ValidationError("--bench needs an --input") }
    }

    func run() throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        defer { try? group.syncShutdownGracefully() }
        let connector = try server.connector(on: group)
        if connector.hasPath { return try sendFile(connector) }
        let client = try connector.client()
        defer { client.close() }
        let remote = try client.model(named: try modelName(client), version: modelVersion).wait()
        if input.isEmpty { return Console.write(InferenceReport.metadata(remote, isJSON: json)) }
        let inputs = try input.flatMap { try InputArgument($0).read(for: remote) }
        let name = remote.name.isEmpty ? model ?? "" : remote.name
        let message = client.encode(Question(model: name, version: modelVersion, inputs: inputs, outputs: output))
        if bench.bench { return try measure(connector, message, group) }
        let answer = try client.decode(try client.send(message).wait())
        Console.write(InferenceReport.outputs(answer, isJSON: json))
    }

    private func modelName(_ client: any InferenceClient) throws -> String {
        if let model { return model }
        let names = Array(Set(try client.modelNames().wait())).sorted()
        guard let name = names.first, names.count == 1 else {
            let choice =
                names.isEmpty ? "the server does not tell its models" : "it has \(names.joined(separator: ", "))"
            throw Refusal("which model of the server? \(choice): --model NAME")
        }
        return name
    }

    /// Posts a file as it is and prints what comes back.
    private func sendFile(_ connector: ServerConnector) throws {
        guard let argument = input.first, input.count == 1 else { throw Refusal("a path takes one --input") }
        let file = InputArgument(argument)
        let client = try connector.client()
        defer { client.close() }
        let message = connector.message(try file.bytes(), mediaType: file.mediaType)
        if bench.bench { return try measure(connector, message, connector.group) }
        var body = try client.send(message).wait().body
        let text = body.readString(length: body.readableBytes) ?? ""
        Console.write(text.hasSuffix("\n") ? text : text + "\n")
    }

    private func measure(
        _ connector: ServerConnector,
        _ message: EncodedMessage,
        _ group: MultiThreadedEventLoopGroup
    ) throws {
        let clients = try (0..<bench.lanes).map { _ in try connector.client() }
        defer { for client in clients { client.close() } }
        let result = LoadTest(clients, message, bench.limit).run(on: group)
        Console.write(InferenceReport.measurement(result, isJSON: json))
        guard let failure = result.failure else { return }
        throw Refusal("\(result.failures) requests failed; the first: \(failure)")
    }
}
