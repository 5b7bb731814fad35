import CONNXRuntime
import Glibc

/// ONNX Runtime's library, opened once for the process.
package final class ONNXRuntime: @unchecked Sendable {
    // Safe to share: set once; the library's own functions are safe to call from any thread.
    let api: OpaquePointer
    let environment: OpaquePointer
    let memory: OpaquePointer
    let allocator: OpaquePointer
    /// The library's version, such as `1.32.0`.
    package let version: String
    package let path: String

    /// Opens the first library of the location that can be used.
    package static func load(_ location: ONNXRuntimeLocation) throws(MissingProgram) -> ONNXRuntime {
        var reasons: [String] = []
        for path in location.candidates {
            do {
                return try ONNXRuntime(path: path)
            } catch {
                reasons.append(error.description)
            }
        }
        throw MissingProgram(
            description: reasons.first ?? "ONNX Runtime is not installed where it is looked for",
            hint:
                "'pip install onnxruntime' installs it in the active environment; --onnxruntime names a library elsewhere"
        )
    }

    private init(path: String) throws(InferenceError) {
        var table: OpaquePointer?
        var name: UnsafePointer<CChar>?
        // A bare name would be looked for in folders of the environment's choice.
        let reason = ort_open(path.contains("/") ? path : "./" + path, &table, &name)
        version = name.map { String(cString: $0) } ?? ""
        guard let table, reason == nil else {
            let text = reason.map { String(cString: $0) } ?? "no functions"
            throw .unavailable("cannot use ONNX Runtime \(version.isEmpty ? "" : version + " ")in '\(path)': \(text)")
        }
        api = table
        self.path = path
        environment = try Self.made(table) { ort_create_env(table, fatal, "apus", &$0) }
        memory = try Self.made(table) { ort_create_cpu_memory_info(table, 0, 0, &$0) }
        allocator = try Self.made(table) { ort_default_allocator(table, &$0) }
    }

    /// Throws what a status says and frees it.
    func check(_ status: OpaquePointer?) throws(InferenceError) {
        if let status { throw Self.error(status, api) }
    }

    /// What a function of the library makes.
    func make(_ body: (inout OpaquePointer?) -> OpaquePointer?) throws(InferenceError) -> OpaquePointer {
        try Self.made(api, body)
    }

    private static func made(
        _ api: OpaquePointer,
        _ body: (inout OpaquePointer?) -> OpaquePointer?
    ) throws(InferenceError) -> OpaquePointer {
        var result: OpaquePointer?
        if let status = body(&result) { throw error(status, api) }
        guard let result else { throw .failed("ONNX Runtime made nothing") }
        return result
    }

    /// Why a model cannot be loaded, in our words, and what the library says of it.
    func loadingError(_ status: OpaquePointer) -> InferenceError {
        defer { ort_release_status(api, status) }
        let code = ort_error_code(api, status)
        let text = ONNXMessage.readable(ort_error_message(api, status).map { String(cString: $0) } ?? "")
        return .failed("\(ONNXMessage.reason(code, text, version)) (ONNX Runtime \(version): \(text))")
    }

    static func error(_ status: OpaquePointer, _ api: OpaquePointer) -> InferenceError {
        defer { ort_release_status(api, status) }
        let text = ort_error_message(api, status).map { String(cString: $0) } ?? "it does not say why"
        return .failed(ONNXMessage.readable(text))
    }
}

/// The library's level of messages that only the end of the process justifies; our errors tell the rest.
private let fatal: Int32 = 4
