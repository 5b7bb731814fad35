import ArgumentParser
import Basics
import Glibc
import Inference
import Serving

/// Serves models over HTTP.
struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve models over HTTP: /predict, the Open Inference Protocol, metrics.",
        discussion: """
            Example: apus serve model.onnx

            Each of the models is an ONNX file, a service of apus.yaml or a model that dvc.yaml names. The first one \
            answers POST /predict, each POST /NAME/predict.
            """
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var listening: ListeningOptions
    @OptionGroup var running: RunningOptions

    @Argument(help: "ONNX files, or services of apus.yaml (all when none is named).", completion: .file())
    var models: [String] = []

    func run() throws {
        let signals = ServerSignals()
        var settings = listening.settings
        settings.threads = running.threads ?? CPULimit.current.count
        let runtime = try ONNXRuntime.load(running.location)
        let services = try models.map { path in
            let model = try ONNXModel(path: path, runtime: runtime, options: ONNXModelOptions())
            try model.warmUp()
            return Service(name: Self.name(of: path), model: model)
        }
        let server = try Server(settings, ServiceTable(services, serverVersion: Version.number))
        let port = try server.start()
        let host = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
        options.say("serving \(services.map(\.name).joined(separator: ", ")) on http://\(host):\(port)\n")
        signals.wait()
        try server.stop()
    }

    /// The name of a model that is just a file.
    static func name(of path: String) -> String {
        let name = Paths.name(path)
        let stem = name.hasSuffix(".onnx") ? String(name.dropLast(5)) : name
        return String(stem.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-" })
    }
}
