package import Inference
package import NIOCore
import NIOHTTP1
package import Transport
import Values

/// Asks over HTTP with JSON, or with binary tensors after it.
package final class RESTClient: InferenceClient {
    private let connection: ClientConnection
    private let isBinary: Bool
    private let headers: HTTPHeaders

    /// A client on an open connection; `headers` go with every request.
    package init(_ connection: ClientConnection, isBinary: Bool, headers: [(String, String)] = []) {
        self.connection = connection
        self.isBinary = isBinary
        self.headers = HTTPHeaders(headers)
    }

    package func checkReadiness() -> EventLoopFuture<Void> {
        connection.send(ClientRequest(.GET, "/v2/health/ready", headers: headers)).flatMapThrowing { response in
            try Self.check(response)
        }
    }

    package func modelNames() -> EventLoopFuture<[String]> {
        let headers = headers
        let request = ClientRequest(.POST, "/v2/repository/index", headers: headers, body: ByteBuffer(string: "{}"))
        return connection.send(request).flatMapThrowing { response in
            guard case .list(let models) = try Self.json(response) else { return [] }
            return models.compactMap { if case .string(let name)? = $0["name"] { name } else { nil } }
        }
    }

    package func model(named name: String, version: String?) -> EventLoopFuture<RemoteModel> {
        let request = ClientRequest(.GET, Self.path(name, version), headers: headers)
        return connection.send(request).flatMapThrowing { RemoteModel(try Self.json($0)) }
    }

    package func encode(_ question: Question) -> EncodedMessage {
        var output = JSONOutput(ByteBuffer())
        output.raw("{")
        if isBinary { output.raw("\"parameters\":{\"binary_data_output\":true},") }
        if !question.outputs.isEmpty {
            output.raw("\"outputs\":[")
            for (index, name) in question.outputs.enumerated() {
                output.raw(index > 0 ? ",{\"name\":" : "{\"name\":")
                output.string(name)
                output.raw("}")
            }
            output.raw("],")
        }
        output.raw("\"inputs\":[")
        for (index, input) in question.inputs.enumerated() {
            if index > 0 { output.raw(",") }
            write(input, to: &output)
        }
        output.raw("]}")
        var message = EncodedMessage(path: Self.path(question.model, question.version) + "/infer", headers: headers)
        message.headers.add(name: "content-type", value: isBinary ? "application/octet-stream" : "application/json")
        if isBinary {
            message.headers.add(name: "inference-header-content-length", value: "\(output.buffer.readableBytes)")
            for input in question.inputs { BinaryTensor.write(input.tensor, to: &output.buffer) }
        }
        message.body = output.buffer
        return message
    }

    private func write(_ input: NamedTensor, to output: inout JSONOutput) {
        output.raw("{\"name\":")
        output.string(input.name)
        output.raw(",\"shape\":")
        output.integers(input.tensor.shape)
        output.raw(",\"datatype\":")
        output.string(input.tensor.dataType.rawValue)
        if isBinary {
            output.raw(",\"parameters\":{\"binary_data_size\":")
            output.integer(BinaryTensor.size(of: input.tensor))
            output.raw("}}")
        } else {
            output.raw(",\"data\":")
            output.flat(input.tensor)
            output.raw("}")
        }
    }

    package func send(_ message: EncodedMessage) -> EventLoopFuture<EncodedMessage> {
        let request = ClientRequest(.POST, message.path, headers: message.headers, body: message.body)
        return connection.send(request).flatMapThrowing { response in
            try Self.check(response)
            return EncodedMessage(headers: response.headers, body: response.body)
        }
    }

    package func decode(_ answer: EncodedMessage) throws(InferenceClientError) -> [NamedTensor] {
        let length = answer.headers.first(name: "inference-header-content-length").flatMap { Int($0) }
        guard (length ?? 0) >= 0, (length ?? 0) <= answer.body.readableBytes else {
            throw .malformed("its inference-header-content-length is more than there is")
        }
        let result = answer.body.withUnsafeReadableBytes { bytes in
            Result { () throws(JSONProblem) in try Self.outputs(bytes, length ?? bytes.count) }
        }
        do throws(JSONProblem) { return try result.get() } catch { throw .malformed(error.description) }
    }

    private static func outputs(_ bytes: UnsafeRawBufferPointer, _ length: Int) throws(JSONProblem) -> [NamedTensor] {
        var tensors: [NamedTensor] = []
        var binary = UnsafeRawBufferPointer(rebasing: bytes[length...])
        let signature = ModelSignature(platform: "", inputs: [], outputs: [])
        var cursor = JSONCursor(UnsafeRawBufferPointer(rebasing: bytes[..<length]))
        try cursor.object { (key: String, cursor: inout JSONCursor) throws(JSONProblem) in
            guard key == "outputs" else { return try cursor.skip() }
            try cursor.array { (cursor: inout JSONCursor) throws(JSONProblem) in
                // Outputs of an answer have the form of inputs.
                tensors.append(try InferInput(&cursor, signature).tensor(cursor, &binary))
            }
        }
        return tensors
    }

    package func close() { connection.close() }

    private static func path(_ model: String, _ version: String?) -> String {
        "/v2/models/" + encoded(model) + (version.map { "/versions/" + encoded($0) } ?? "")
    }

    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8.map { byte in
            let scalar = Character(UnicodeScalar(byte))
            if byte < 0x80, scalar.isLetter || scalar.isNumber || "-._~".contains(scalar) { return String(scalar) }
            return "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
        }.joined()
    }

    private static func json(_ response: ClientResponse) throws(InferenceClientError) -> Value {
        try check(response)
        do throws(SyntaxError) {
            return try Value(json: Array(response.body.readableBytesView))
        } catch {
            throw .malformed("it is no JSON")
        }
    }

    private static func check(_ response: ClientResponse) throws(InferenceClientError) {
        if (200...299).contains(response.status) { return }
        let json = try? Value(json: Array(response.body.readableBytesView.prefix(1 << 20)))
        let text = [json?["error"], json?["detail"]].lazy.compactMap { value -> String? in
            if case .string(let text)? = value { text } else { nil }
        }
        throw .refused(status: "HTTP status \(response.status)", message: text.first ?? "")
    }
}
