import ArgumentParser
import Basics
import Inference
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

    @Flag(help: "Only ask whether the server is ready: it exits with 0 when it is.")
    var ready = false

    func validate() throws {
        if ready, bench.bench || !input.isEmpty { throw ValidationError("--ready takes no input") }
        if bench.bench, input.isEmpty { throw ValidationError("--bench needs an --input") }
    }

    func run() throws {
        let server = try server.server()
        if ready { return try server.checkReadiness() }
        if server.hasPath { return try post(to: server) }
        let remote = try server.model(named: try modelName(server), version: modelVersion)
        if input.isEmpty { return Console.write(InferenceReport.metadata(remote, isJSON: json)) }
        let question = Question(
            model: remote.name.isEmpty ? model ?? "" : remote.name,
            version: modelVersion,
            inputs: try input.flatMap { try InputArgument($0).read(for: remote) },
            outputs: output
        )
        if bench.bench { return try show(try server.measure(question, connections: bench.lanes, bench.limit)) }
        Console.write(InferenceReport.outputs(try server.answer(question), isJSON: json))
    }

    private func modelName(_ server: ModelServer) throws -> String {
        if let model { return model }
        let names = try server.modelNames()
        guard let name = names.first, names.count == 1 else {
            let choice =
                names.isEmpty ? "the server does not tell its models" : "it has \(names.joined(separator: ", "))"
            throw Refusal("which model of the server? \(choice): --model NAME")
        }
        return name
    }

    /// Posts a file as it is and prints what comes back.
    private func post(to server: ModelServer) throws {
        guard let argument = input.first, input.count == 1 else { throw Refusal("a path takes one --input") }
        let file = InputArgument(argument)
        let bytes = try file.bytes()
        if bench.bench {
            let result = try server.measure(
                posting: bytes,
                mediaType: file.mediaType,
                connections: bench.lanes,
                bench.limit
            )
            return try show(result)
        }
        let answer = String(decoding: try server.post(bytes, mediaType: file.mediaType), as: UTF8.self)
        Console.write(answer.hasSuffix("\n") ? answer : answer + "\n")
    }

    private func show(_ result: LoadTest.Result) throws {
        Console.write(InferenceReport.measurement(result, isJSON: json))
        guard let failure = result.failure else { return }
        throw Refusal("\(result.failures) requests failed; the first: \(failure)")
    }
}
