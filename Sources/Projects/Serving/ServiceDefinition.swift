import Basics
package import Inference

/// A service as `apus.yaml` describes it.
package struct ServiceDefinition: Sendable, Hashable {
    /// What runs the model.
    package enum Engine: Sendable, Hashable {
        /// An ONNX file: its path, or the name of an artifact of a `dvc.yaml`.
        case onnx(String)
        /// A Python class, as `file.py:Class` or `module:Class`.
        case python(String)
    }

    package var name: String
    package var engine: Engine
    /// The folder that relative paths start in.
    package let directory: String
    package var version = "1"
    package var inputs: [InputTransform] = []
    package var output: OutputTransform?
    package var batching = BatcherOptions()
    /// How long an answer may take.
    package var timeout: Duration?
    /// What a Python class reads its model from, so that a change of it counts.
    package var source: String?
    /// Threads that one run of the model may use.
    package var threads: Int?
    /// Processes of Python.
    package var workers: Int?
    /// Bytes that a process of Python may take before it is replaced.
    package var memoryLimit: Int?

    package init(name: String, engine: Engine, directory: String) {
        self.name = name
        self.engine = engine
        self.directory = directory
    }
}

/// What is wrong with `apus.yaml`, a line for each fault.
package struct ServiceFileError: HintedError, CustomStringConvertible {
    package let path: String
    package let faults: [TransformFault]

    package var description: String {
        faults.map { fault in
            let place = fault.line.map { "\(path):\($0)" } ?? path
            return "\(place): error: \(fault.message)"
        }.joined(separator: "\n")
    }

    package var hint: String? { faults.lazy.compactMap(\.hint).first }
    package var hasPlace: Bool { true }
}
