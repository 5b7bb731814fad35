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
            InferAnswer(call, service, values).response
        }
    }
}

/// An answer of the Open Inference Protocol v2.
private struct InferAnswer {
    let response: HTTPResponse

    init(_ call: InferCall, _ service: Service, _ values: [NamedValue]) {
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
        for (index, (name, tensor)) in values.flatMap(\.tensors).enumerated() {
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

extension NamedValue {
    /// The answer as the tensors that the protocol has for it: maps become their values and, beside them, their keys.
    var tensors: [(String, Tensor)] {
        switch value {
        case .tensor(let tensor): [(name, tensor)]
        case .map(let keys, let values): [(name, values), (name + ".labels", keys)]
        case .sequence(let elements):
            Self.rows(elements).map { [(name, $0.values), (name + ".labels", $0.keys)] } ?? []
        }
    }

    /// Maps with the same keys as one tensor of a row for each.
    private static func rows(_ elements: [ModelValue]) -> (keys: Tensor, values: Tensor)? {
        guard case .map(let keys, let first)? = elements.first, let size = first.dataType.size else { return nil }
        let width = first.elementCount * size
        let memory = TensorMemory(byteCount: width * elements.count)
        for (index, element) in elements.enumerated() {
            guard case .map(_, let values) = element, values.bytes.count == width else { return nil }
            UnsafeMutableRawBufferPointer(rebasing: memory.bytes[(index * width)..<((index + 1) * width)])
                .copyMemory(from: values.bytes)
        }
        let shape = [elements.count, first.elementCount]
        return (try? Tensor(first.dataType, shape: shape, memory: memory)).map { (keys, $0) }
    }
}
