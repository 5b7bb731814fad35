import ArgumentParser
import Basics
import Glibc
import Inference
import Projects
import Serving

/// Serves models over HTTP and gRPC.
struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve models: /predict, the Open Inference Protocol over HTTP and gRPC, metrics.",
        discussion: """
            Example: apus serve model.onnx

            Each of the models is an ONNX file, a service of apus.yaml or a model that dvc.yaml lists under artifacts. \
            The first one answers POST /predict, each POST /NAME/predict.

            SIGTERM ends the server in order: readiness is denied at once, what is under way is finished. SIGHUP loads \
            models, code and apus.yaml again.
            """
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var listening: ListeningOptions
    @OptionGroup var running: RunningOptions

    @OptionGroup var predictions: PredictionOptions

    @Option(help: ArgumentHelp("The file with the services.", valueName: "path"), completion: .file())
    var file: String?

    @Argument(help: "ONNX files or services (all of apus.yaml when none is named).", completion: .file())
    var models: [String] = []

    func run() throws {
        let environment = try options.environment()
        let signals = ServerSignals()
        FileLimit.raise()
        var settings = try listening.settings()
        settings.threads = running.threads ?? CPULimit.current.count
        let loader = ServiceLoader(
            running,
            file: file,
            environment: environment,
            timeout: settings.requestTimeout
        )
        // Looked at before they are read, so that a change meanwhile is not missed.
        let file = WatchedFiles(loader.file, [])
        let definitions = try loader.definitions(models)
        let seen = WatchedFiles(definitions, fileOf: file)
        let table = ServiceTable(try definitions.map(loader.service), serverVersion: Version.number)
        let log = try listening.log.open()
        let predictions = try predictionLog(loader, log, environment.workingDirectory)
        let server = try Server(settings, table, log: log, predictions: predictions)
        let port = try server.start()
        let grpc = try startGRPC(settings, server)
        announce(settings, port, grpc?.port, definitions)
        let reload = ServiceReload(loader, models, definitions, seen, table, server, grpc?.server, log)
        let watch = ModelWatch(reload, every: listening.reload ? .seconds(1) : nil)
        while signals.wait() == SIGHUP { watch.reload() }
        watch.end()
        log?.note("the server ends")
        let delay = listening.drainDelay
        try server.stop(after: .seconds(delay), within: .seconds(listening.shutdownTimeout)) {
            grpc?.server.stop(within: .seconds(listening.shutdownTimeout))
        }
        watch.wait(atMost: .seconds(listening.shutdownTimeout))
        predictions?.close()
        log?.close()
    }

    private func predictionLog(
        _ loader: ServiceLoader,
        _ log: AccessLog?,
        _ directory: String
    ) throws -> PredictionLog? {
        let definition = try loader.file.flatMap { try ServiceFile($0).predictionLog }
        guard let settings = predictions.settings(definition, directory: directory) else { return nil }
        return try PredictionLog(settings) { fault in
            if let log { log.note(fault) } else { Console.note(fault) }
        }
    }

    private func startGRPC(
        _ settings: ServerSettings,
        _ server: Server
    ) throws -> (server: GRPCServer, port: Int)? {
        guard let port = listening.grpcPort else { return nil }
        let grpc = try server.grpc(GRPCSettings(settings, port: port))
        return (grpc, try grpc.start())
    }

    private func announce(
        _ settings: ServerSettings,
        _ port: Int,
        _ grpcPort: Int?,
        _ definitions: [ServiceDefinition]
    ) {
        let host = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
        let scheme = settings.certificate == nil ? "http" : "https"
        let names = definitions.map(\.name).joined(separator: ", ")
        let grpc = grpcPort.map { " and \(settings.certificate == nil ? "grpc" : "grpcs")://\(host):\($0)" } ?? ""
        options.say("serving \(names) on \(scheme)://\(host):\(port)\(grpc)\n")
    }

    /// The name of a model that is just a file.
    static func name(of path: String) -> String {
        let name = Paths.name(path)
        let stem = name.hasSuffix(".onnx") ? String(name.dropLast(5)) : name
        let plain = String(stem.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-" })
        return Service.isName(plain) ? plain : "model"
    }
}
