package import Inference
package import NIOCore
package import Transport

/// Asks over gRPC, with raw tensors.
package final class GRPCClient: InferenceClient {
    private let connection: CallConnection
    private let metadata: [(String, String)]

    /// A client on an open connection; `metadata` goes with every call.
    package init(_ connection: CallConnection, metadata: [(String, String)] = []) {
        self.connection = connection
        self.metadata = metadata.map { ($0.0.lowercased(), $0.1) }
    }

    package func checkReadiness() -> EventLoopFuture<Void> {
        call(.serverReady, ByteBuffer()).flatMapThrowing { message in
            let isReady = try Self.read(message) { reader throws(ProtobufError) in
                var (reader, isReady) = (reader, false)
                while let field = try reader.nextField() {
                    if field.number == 1, field.wire == .varint {
                        isReady = try reader.varint() != 0
                    } else {
                        try reader.skip(field)
                    }
                }
                return isReady
            }
            if !isReady { throw InferenceClientError.refused(status: "gRPC status 0", message: "it is not ready") }
        }
    }

    package func modelNames() -> EventLoopFuture<[String]> {
        call(.repositoryIndex, ByteBuffer()).flatMapThrowing { message in
            try Self.read(message) { reader throws(ProtobufError) in
                var reader = reader
                var names: [String] = []
                while let field = try reader.nextField() {
                    guard field.number == 1, field.wire == .bytes else {
                        try reader.skip(field)
                        continue
                    }
                    names.append(try RemoteModel(reader.message()).name)
                }
                return names
            }
        }
    }

    package func model(named name: String, version: String?) -> EventLoopFuture<RemoteModel> {
        var writer = ProtobufWriter()
        writer.write(name, 1)
        writer.write(version ?? "", 2)
        return call(.modelMetadata, writer.buffer).flatMapThrowing { message in
            try Self.read(message) { reader throws(ProtobufError) in try RemoteModel(reader) }
        }
    }

    package func encode(_ question: Question) -> EncodedMessage {
        var writer = ProtobufWriter()
        writer.write(question.model, 1)
        writer.write(question.version ?? "", 2)
        for input in question.inputs {
            writer.message(5) { writer in
                writer.write(input.name, 1)
                writer.write(input.tensor.dataType.rawValue, 2)
                writer.write(packed: input.tensor.shape.lazy.map { Int64($0) }, 3)
            }
        }
        for output in question.outputs {
            writer.message(6) { $0.write(output, 1) }
        }
        for input in question.inputs {
            writer.tag(7, .bytes)
            writer.varint(UInt64(BinaryTensor.size(of: input.tensor)))
            BinaryTensor.write(input.tensor, to: &writer.buffer)
        }
        return EncodedMessage(path: GRPCMethod.modelInfer.rawValue, body: writer.buffer)
    }

    package func send(_ message: EncodedMessage) -> EventLoopFuture<EncodedMessage> {
        call(.modelInfer, message.body).map { EncodedMessage(body: $0) }
    }

    package func decode(_ answer: EncodedMessage) throws(InferenceClientError) -> [NamedTensor] {
        let result = try Self.read(answer.body) { reader throws(ProtobufError) in
            let message = try ModelInferMessage(answer: reader)
            return Result { () throws(InferenceError) in try message.tensors() }
        }
        do throws(InferenceError) { return try result.get() } catch { throw .malformed(error.description) }
    }

    package func close() { connection.close() }

    private func call(_ method: GRPCMethod, _ message: ByteBuffer) -> EventLoopFuture<ByteBuffer> {
        connection.call(method.rawValue, message, metadata: metadata).flatMapThrowing { outcome in
            guard outcome.status == 0 else {
                throw InferenceClientError.refused(
                    status: "gRPC status \(outcome.status)",
                    message: outcome.text
                )
            }
            return outcome.message
        }
    }

    private static func read<Answer>(
        _ message: ByteBuffer,
        _ body: (ProtobufReader) throws(ProtobufError) -> Answer
    ) throws(InferenceClientError) -> Answer {
        let result = message.withUnsafeReadableBytes { bytes in
            Result { () throws(ProtobufError) in try body(ProtobufReader(bytes)) }
        }
        do throws(ProtobufError) { return try result.get() } catch { throw .malformed(error.description) }
    }
}
