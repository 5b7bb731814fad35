import ArgumentParser
import Basics
import Glibc
import Inference

/// How models are run.
struct RunningOptions: ParsableArguments {
    @Option(
        name: .customLong("onnxruntime"),
        help: ArgumentHelp("ONNX Runtime's library or the folder it is in.", valueName: "path"),
        completion: .file()
    )
    var library: String?

    @Option(help: "Threads that answer requests (default: one for each processor).")
    var threads: Int?

    @Option(help: "Processes of a Python model.")
    var workers: Int?

    @Option(help: ArgumentHelp("Rows that are run together at most.", valueName: "rows"))
    var maxBatchSize: Int?

    @Option(help: ArgumentHelp("How long the first row waits for others, such as 2ms.", valueName: "time"))
    var maxDelay: String?

    @Option(help: ArgumentHelp("Requests that may wait for a model; others get 429.", valueName: "requests"))
    var maxQueue: Int?

    /// Where ONNX Runtime is looked for: where the option or the variable says, in the Python environment, in the system.
    var location: ONNXRuntimeLocation {
        ONNXRuntimeLocation(
            explicit: library ?? GlobalOptions.variable("APUS_ONNXRUNTIME"),
            virtualEnvironments: [GlobalOptions.variable("VIRTUAL_ENV"), ".venv"].compactMap(\.self),
            interpreter: Self.interpreter
        )
    }

    static var interpreter: String? {
        let folders = GlobalOptions.variable("PATH")?.split(separator: ":").map(String.init) ?? []
        return folders.map { Paths.join($0, "python3") }.first { access($0, X_OK) == 0 }
    }
}
