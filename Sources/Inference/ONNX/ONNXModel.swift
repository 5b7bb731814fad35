import Basics
import CONNXRuntime
import Glibc

/// A model in an ONNX file, run by ONNX Runtime in this process.
package final class ONNXModel: Model, @unchecked Sendable {
    // Safe to share: everything but the session's end is set once, and a session takes calls from any thread.
    package let signature: ModelSignature
    package let concurrency: Int
    package private(set) var isBatchable = false
    package let isInProcess = true

    let runtime: ONNXRuntime
    var session: OpaquePointer?
    let inputNames: [UnsafeMutablePointer<CChar>]
    let outputNames: [UnsafeMutablePointer<CChar>]
    let limiter: RunLimiter

    /// Loads a model; data in other files must be below the model's folder.
    package init(
        path: String,
        runtime: ONNXRuntime,
        options: ONNXModelOptions = ONNXModelOptions()
    ) throws(InferenceError) {
        try Self.examine(path)
        self.runtime = runtime
        let session: OpaquePointer
        do {
            session = try Self.makeSession(path, runtime, options)
        } catch {
            throw .failed("cannot load the model '\(path)': \(error)")
        }
        do {
            signature = try SessionReader(runtime: runtime, session: session).signature()
            limiter = try RunLimiter(runtime, count: options.concurrency)
        } catch {
            ort_release_session(runtime.api, session)
            throw .failed("cannot use the model '\(path)': \(error)")
        }
        self.session = session
        inputNames = signature.inputs.map { strdup($0.name) }
        outputNames = signature.outputs.map { strdup($0.name) }
        concurrency = options.concurrency
        isBatchable = options.batching ?? treatsRowsAlone()
    }

    deinit {
        close()
        for name in inputNames { free(name) }
        for name in outputNames { free(name) }
    }

    package func close() {
        guard let session else { return }
        self.session = nil
        limiter.close()
        ort_release_session(runtime.api, session)
    }

    private static func examine(_ path: String) throws(InferenceError) {
        do {
            guard let status = try Files.status(path, followLinks: true) else {
                throw InferenceError.notFound("there is no model at '\(path)'")
            }
            guard status.kind == .regular else { throw InferenceError.failed("the model '\(path)' is not a file") }
            guard status.size > 0 else { throw InferenceError.failed("the model '\(path)' is empty") }
            try ExternalData.check(path)
        } catch let error as InferenceError {
            throw error
        } catch {
            throw .failed("cannot read the model '\(path)': \(error)")
        }
    }

    private static func makeSession(
        _ path: String,
        _ runtime: ONNXRuntime,
        _ options: ONNXModelOptions
    ) throws(InferenceError) -> OpaquePointer {
        let api = runtime.api
        let settings = try runtime.make { ort_create_options(api, &$0) }
        defer { ort_release_options(api, settings) }
        try runtime.check(ort_set_intra_op_threads(api, settings, Int32(clamping: options.intraOpThreads)))
        try runtime.check(ort_set_inter_op_threads(api, settings, 1))
        // Threads that spin while they wait take the processor from the server.
        try runtime.check(ort_add_config_entry(api, settings, "session.intra_op.allow_spinning", "0"))
        // One plan is kept for each shape ever seen, and the shapes are the clients' choice.
        try runtime.check(ort_disable_memory_pattern(api, settings))
        try runtime.check(ort_set_optimization(api, settings, allOptimizations))
        var session: OpaquePointer?
        if let status = ort_create_session(api, runtime.environment, path, settings, &session) {
            throw runtime.loadingError(status)
        }
        guard let session else { throw .failed("ONNX Runtime made no session") }
        return session
    }
}

private let allOptimizations: Int32 = 99
