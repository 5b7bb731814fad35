import Inference
import NIOCore

extension ServerCore {
    /// `POST /v2/models/{model}/infer`.
    func infer(_ exchange: Exchange, _ service: Service, _ loopState: LoopState) throws(HTTPFailure) {
        let fields = exchange.request.fields
        if fields.isMalformed { throw HTTPFailure(400, "Inference-Header-Content-Length is no length") }
        let call = try exchange.request.body.reading { (bytes: UnsafeRawBufferPointer) throws(HTTPFailure) in
            do throws(JSONProblem) {
                return try InferCall(bytes, jsonLength: fields.jsonLength, service.signature)
            } catch {
                throw HTTPFailure(error)
            }
        }
        let outputs = call.outputs.map(\.name)
        service.run(call.inputs, outputs: outputs, timeout: call.timeout, exchange, loopState) {
            _,
            values throws(HTTPFailure) in
            try InferAnswer(call, service, values).response
        }
    }
}

/// An answer of the Open Inference Protocol v2.
private struct InferAnswer {
    let response: HTTPResponse

    init(_ call: InferCall, _ service: Service, _ values: [NamedValue]) throws(HTTPFailure) {
        let tensors: [(String, Tensor)]
        do throws(InferenceError) { tensors = try values.tensors() } catch { throw HTTPFailure(error) }
        var output = JSONOutput(ByteBuffer())
        output.raw("{\"model_name\":")
        output.string(service.name)
        output.raw(",\"model_version\":")
        output.string(service.version)
        if let id = call.id {
            output.raw(",\"id\":")
            output.buffer.writeBytes(id)
        }
        output.raw(",\"outputs\":[")
        var binary: [Tensor] = []
        for (index, (name, tensor)) in tensors.enumerated() {
            if index > 0 { output.byte(",") }
            output.raw("{\"name\":")
            output.string(name)
            output.raw(",\"shape\":")
            output.integers(tensor.shape)
            output.raw(",\"datatype\":\"")
            output.buffer.writeString(tensor.dataType.rawValue)
            if call.isBinary(name) {
                output.raw("\",\"parameters\":{\"binary_data_size\":")
                output.integer(BinaryTensor.size(of: tensor))
                output.raw("}}")
                binary.append(tensor)
            } else {
                output.raw("\",\"data\":")
                output.flat(tensor)
                output.byte("}")
            }
        }
        output.raw("]}")
        guard !binary.isEmpty else {
            response = HTTPResponse(body: output.buffer)
            return
        }
        let length = output.buffer.readableBytes
        for tensor in binary { BinaryTensor.write(tensor, to: &output.buffer) }
        var response = HTTPResponse(contentType: "application/octet-stream", body: output.buffer)
        response.headers = [("inference-header-content-length", "\(length)")]
        self.response = response
    }
}
