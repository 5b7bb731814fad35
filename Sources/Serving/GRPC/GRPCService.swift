import Inference
import NIOCore

/// Answers calls, whatever way they came.
struct GRPCService: Sendable {
    let provider: any InferenceProvider

    /// Reads what is asked of a model out of a message.
    func inference(_ message: ByteBuffer, deadline: Deadline) throws(GRPCStatus) -> PendingInference {
        try message.read { reader throws(GRPCStatus) in
            do {
                let request = try ModelInferMessage(reader)
                return try PendingInference(request, deadline)
            } catch let error as InferenceError {
                throw GRPCStatus(error)
            } catch let error as ProtobufError {
                throw GRPCStatus(error)
            } catch {
                throw GRPCStatus(.internal, "the request cannot be read")
            }
        }
    }

    /// Answers everything but an inference.
    func answer(
        _ method: GRPCMethod,
        _ message: ByteBuffer,
        to writer: inout ProtobufWriter
    ) throws(GRPCStatus) {
        let name = try message.read { reader throws(GRPCStatus) in
            do throws(ProtobufError) { return try NameAndVersion(reader) } catch { throw GRPCStatus(error) }
        }
        switch method {
        case .serverLive: writer.write(true, 1)
        case .serverReady: writer.write(provider.isReady, 1)
        case .modelReady: writer.write(try isReady(name), 1)
        case .serverMetadata:
            writer.write(provider.serverName, 1)
            writer.write(provider.serverVersion, 2)
            for name in ["model_configuration", "model_repository", "statistics"] { writer.element(name, 3) }
        case .modelMetadata: writer.write(metadataOf: try model(name))
        case .modelConfig: writer.write(configurationOf: try model(name))
        case .repositoryIndex: for model in provider.models { writer.write(indexEntryOf: model) }
        case .modelStatistics: try writeStatistics(name, to: &writer)
        case .healthCheck: writer.write(try health(name.name), 1)
        case .modelInfer, .modelStreamInfer: throw GRPCStatus(.internal, "an inference is answered elsewhere")
        }
    }

    private func model(_ name: NameAndVersion) throws(GRPCStatus) -> ModelInfo {
        do throws(InferenceError) {
            return try provider.model(named: name.name, version: name.version.isEmpty ? nil : name.version)
        } catch {
            throw GRPCStatus(error)
        }
    }

    /// A model that is not there is not ready either.
    private func isReady(_ name: NameAndVersion) throws(GRPCStatus) -> Bool {
        do throws(GRPCStatus) {
            return try model(name).isReady
        } catch {
            if error.code == .notFound { return false }
            throw error
        }
    }

    private func writeStatistics(_ name: NameAndVersion, to writer: inout ProtobufWriter) throws(GRPCStatus) {
        let models = name.name.isEmpty ? provider.models : [try model(name)]
        for model in models {
            writer.write(provider.statistics(of: model) ?? ModelStatistics(), of: model)
        }
    }

    /// `grpc.health.v1`: 1 is serving, 2 is not.
    private func health(_ service: String) throws(GRPCStatus) -> UInt64 {
        if service.isEmpty || service == "inference.GRPCInferenceService" { return provider.isReady ? 1 : 2 }
        guard let model = provider.models.first(where: { $0.name == service }) else {
            throw GRPCStatus(.notFound, "there is no service '\(service)'")
        }
        return model.isReady ? 1 : 2
    }
}

/// An inference that is asked for, and how its answer is to look.
struct PendingInference: Sendable {
    let request: ProviderRequest
    let id: String
    let isRaw: Bool

    fileprivate init(_ message: ModelInferMessage, _ deadline: Deadline) throws(InferenceError) {
        var deadline = deadline
        if message.timeout > 0 {
            let own = Deadline(.now + .microseconds(Int64(clamping: min(message.timeout, 1 << 50))))
            if own.instant < deadline.instant { deadline = own }
        }
        request = ProviderRequest(
            model: message.model,
            version: message.version.isEmpty ? nil : message.version,
            inputs: try message.tensors(),
            outputs: message.outputs,
            deadline: deadline
        )
        id = message.id
        isRaw = message.isRaw
    }
}

/// The requests about models, which have the same two fields.
private struct NameAndVersion {
    var name = ""
    var version = ""

    init(_ reader: ProtobufReader) throws(ProtobufError) {
        var reader = reader
        while let field = try reader.nextField() {
            switch (field.number, field.wire) {
            case (1, .bytes): name = try reader.string()
            case (2, .bytes): version = try reader.string()
            default: try reader.skip(field)
            }
        }
    }
}

extension ByteBuffer {
    /// Reads the bytes in place.
    fileprivate func read<Result>(
        _ body: (ProtobufReader) throws(GRPCStatus) -> Result
    ) throws(GRPCStatus) -> Result {
        let result = withUnsafeReadableBytes { bytes in
            Swift.Result { () throws(GRPCStatus) in try body(ProtobufReader(bytes)) }
        }
        return try result.get()
    }
}
