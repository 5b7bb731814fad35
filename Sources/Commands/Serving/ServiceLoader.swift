import Basics
import Glibc
import Inference
import Projects
import Serving
import Synchronization

/// Makes services of what the command line and `apus.yaml` say.
struct ServiceLoader: Sendable {
    let running: RunningOptions
    let environment: Project.Environment
    /// For answers, where a service says nothing itself.
    let timeout: Duration?
    /// The path of the `apus.yaml`, when there is one.
    let file: String?
    private let library = RuntimeLibrary()

    private var directory: String { environment.workingDirectory }

    init(_ running: RunningOptions, file: String?, environment: Project.Environment, timeout: Duration?) {
        self.running = running
        self.environment = environment
        self.timeout = timeout
        let directory = environment.workingDirectory
        self.file = file.map { Paths.absolute($0, from: directory) } ?? ServiceFile.find(from: directory)
    }

    /// The services of these names; all of the file when there are none.
    func definitions(_ names: [String]) throws -> [ServiceDefinition] {
        let file = try file.map { try ServiceFile($0) }
        if names.isEmpty {
            guard let file, !file.services.isEmpty else {
                throw Refusal("there is nothing to serve: name an ONNX file, or describe services in apus.yaml")
            }
            let places = ModelPlaces(environment)
            return try file.services.map { try located(overridden($0), places) }
        }
        let places = ModelPlaces(environment)
        var definitions: [ServiceDefinition] = []
        for name in names {
            var definition = try definition(name, file, places)
            let others = definitions.map(\.name)
            if others.contains(definition.name) {
                var number = 2
                while others.contains("\(definition.name)-\(number)") { number += 1 }
                definition.name += "-\(number)"
            }
            definitions.append(try located(overridden(definition), places))
        }
        return definitions
    }

    private func definition(_ name: String, _ file: ServiceFile?, _ places: ModelPlaces) throws -> ServiceDefinition {
        if let service = file?[name] { return service }
        if let path = try places.artifact(name, in: directory) {
            return ServiceDefinition(name: Serve.name(of: name), engine: .onnx(path), directory: directory)
        }
        if name.hasSuffix(".onnx") || Files.exists(Paths.absolute(name, from: directory)) {
            return ServiceDefinition(name: Serve.name(of: name), engine: .onnx(name), directory: directory)
        }
        if name.contains(":") {
            let target = name.split(separator: ":").last.map { $0.lowercased() } ?? name
            return ServiceDefinition(name: Serve.name(of: target), engine: .python(name), directory: directory)
        }
        let names = file?.services.map(\.name).joined(separator: ", ") ?? ""
        throw Refusal(
            "'\(name)' is neither a file, nor a service of apus.yaml\(names.isEmpty ? "" : " (\(names))"), nor an artifact of a dvc.yaml"
        )
    }

    /// The definition with the paths that its names mean.
    private func located(_ definition: ServiceDefinition, _ places: ModelPlaces) throws -> ServiceDefinition {
        var definition = definition
        let directory = definition.directory
        if case .onnx(let name) = definition.engine {
            let path = try places.artifact(name, in: directory) ?? Paths.absolute(name, from: directory)
            definition.engine = .onnx(path)
        }
        if let source = definition.source { definition.source = try places.artifact(source, in: directory) ?? source }
        return definition
    }

    /// The definition with what the command line says instead.
    private func overridden(_ definition: ServiceDefinition) -> ServiceDefinition {
        var definition = definition
        if let size = running.maxBatchSize {
            definition.batching.maxRows = size
            definition.batching.merges = size > 1
        }
        if let delay = running.maxDelay.flatMap(ServiceDuration.parse) { definition.batching.maxDelay = delay }
        if let queue = running.maxQueue { definition.batching.maxQueue = queue }
        if let workers = running.workers { definition.workers = workers }
        return definition
    }

    /// Loads the model and checks that the inputs fit it.
    func load(_ definition: ServiceDefinition) throws -> (model: any Model, form: ServiceForm) {
        guard case .onnx(let path) = definition.engine else { throw Refusal("'\(definition.name)' is no ONNX model") }
        guard Files.exists(path) else { throw MissingModel(path: Paths.relative(path, to: directory)) }
        let runtime = try library.load(running.location)
        var options = ONNXModelOptions()
        if let threads = definition.threads { options.intraOpThreads = threads }
        let model = try ONNXModel(path: path, runtime: runtime, options: options)
        do {
            for input in definition.inputs { try input.check(model.signature) }
            try model.warmUp()
        } catch {
            model.close()
            throw error
        }
        return (model, ServiceForm(inputs: definition.inputs, output: definition.output))
    }

    /// Starts the workers of a Python class.
    private func pythonService(_ definition: ServiceDefinition, _ target: String) throws -> Service {
        let interpreter = try PythonInterpreter.find(
            explicit: GlobalOptions.variable("APUS_PYTHON"),
            virtualEnvironment: GlobalOptions.variable("VIRTUAL_ENV"),
            directory: definition.directory,
            searchPath: GlobalOptions.variable("PATH") ?? ""
        )
        var settings = PythonModel.Settings(
            target: target,
            directory: definition.directory,
            interpreter: interpreter
        )
        if let workers = definition.workers { settings.workers = max(1, workers) }
        if let timeout = definition.timeout ?? timeout, timeout > .zero { settings.timeLimit = timeout }
        settings.memoryLimit = definition.memoryLimit
        settings.log = { line in Console.note("\(definition.name): \(line)") }
        let model = try PythonModel(settings)
        return Service(
            name: definition.name,
            version: definition.version,
            model: model.served,
            batching: definition.batching,
            timeout: definition.timeout,
            methods: model
        )
    }

    func service(_ definition: ServiceDefinition) throws -> Service {
        if case .python(let target) = definition.engine { return try pythonService(definition, target) }
        let (model, form) = try load(definition)
        return Service(
            name: definition.name,
            version: definition.version,
            model: model,
            form: form,
            batching: definition.batching,
            timeout: definition.timeout
        )
    }
}

/// ONNX Runtime, opened when the first model needs it.
private final class RuntimeLibrary: Sendable {
    private let runtime = Mutex<ONNXRuntime?>(nil)

    func load(_ location: ONNXRuntimeLocation) throws -> ONNXRuntime {
        try runtime.withLock { runtime in
            if let runtime { return runtime }
            let loaded = try ONNXRuntime.load(location)
            runtime = loaded
            return loaded
        }
    }
}

/// A model's file that is not there.
struct MissingModel: HintedError, CustomStringConvertible {
    let path: String

    var description: String { "the model '\(path)' is not there" }
    var hint: String? { "if it is under version control, 'apus pull \(path)' fetches it" }
}
