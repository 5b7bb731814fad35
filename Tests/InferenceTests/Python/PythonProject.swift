import Basics
import Foundation
import Inference
import Values

/// A directory with a `serve.py`, and what its workers said.
final class PythonProject: Sendable {
    let directory: String
    let lines = Monitor<[String]>([])

    init(_ code: String) throws {
        directory = NSTemporaryDirectory() + "python-model-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try code.write(toFile: directory + "/serve.py", atomically: true, encoding: .utf8)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    /// How to serve what the file has, with a log that is kept here.
    func settings(_ target: String = "serve.py", python: String? = Python.plain) -> PythonModel.Settings {
        var settings = PythonModel.Settings(target: target, directory: directory, interpreter: python ?? "")
        settings.log = { [lines] line in lines.withLock { $0.append(line) } }
        return settings
    }

    /// Starts a model, runs `body`, and ends the workers.
    func serve<R>(_ settings: PythonModel.Settings? = nil, _ body: (PythonModel) throws -> R) throws -> R {
        let model = try PythonModel(settings ?? self.settings())
        defer { model.close() }
        return try body(model)
    }

    /// Starts the class `Model`, runs `body`, and ends the workers.
    func serve(python: String?, _ body: (PythonModel) throws -> Void) throws {
        try serve(settings("serve.py:Model", python: python), body)
    }

    /// The message of a start that fails.
    func failure(target: String = "serve.py") -> String {
        do {
            try PythonModel(settings(target)).close()
            return "it started"
        } catch {
            return "\(error)"
        }
    }

    var log: String { lines.withLock { $0.joined(separator: "\n") } }

    /// Waits until something has happened; false when it does not within ten seconds.
    func eventually(_ condition: () -> Bool) -> Bool {
        for _ in 0..<1000 {
            if condition() { return true }
            usleep(10_000)
        }
        return false
    }
}

/// The interpreters of this machine.
enum Python {
    static let plain = try? PythonInterpreter.find(
        explicit: nil,
        virtualEnvironment: nil,
        directory: "/nowhere",
        searchPath: ProcessInfo.processInfo.environment["PATH"] ?? ""
    )

    static let withNumpy = having("numpy")
    static let withPillow = having("PIL")

    private static func having(_ module: String) -> String? {
        let asked = ProcessInfo.processInfo.environment["APUS_PYTHON"]
        let peers = FileManager.default.currentDirectoryPath + "/.build/peers-serving/bin/python"
        return [asked, peers, plain].compactMap(\.self).first { path in
            (try? ChildProcess.run([path, "-c", "import \(module)"]))?.ending.isSuccess ?? false
        }
    }
}

extension PythonModel {
    /// The body of an answer to JSON.
    func text(_ method: String, _ json: String = "{}", deadline: Deadline? = nil) throws -> String {
        String(
            decoding: try call(method, CallArguments(json: Array(json.utf8)), deadline: deadline).body,
            as: UTF8.self
        )
    }

    /// The error of a call that fails.
    func error(_ method: String, _ json: String = "{}", deadline: Deadline? = nil) -> InferenceError? {
        do {
            _ = try text(method, json, deadline: deadline)
            return nil
        } catch {
            return error as? InferenceError
        }
    }
}

extension Tensor {
    init<T: BitwiseCopyable>(_ type: DataType, _ shape: [Int], _ elements: [T]) throws {
        let memory = TensorMemory(byteCount: elements.count * MemoryLayout<T>.stride)
        elements.withUnsafeBytes { memory.bytes.copyMemory(from: $0) }
        try self.init(type, shape: shape, memory: memory)
    }

    func elements<T: BitwiseCopyable>(_: T.Type) -> [T] { numbers(T.self) }
}

extension NamedValue {
    var tensor: Tensor? {
        if case .tensor(let tensor) = value { tensor } else { nil }
    }
}
