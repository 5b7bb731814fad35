import Digests
import Inference
import NIOCore
import Values

extension PredictionRecord {
    /// Writes it as a line; of values larger than `largest` bytes only the checksum.
    func write(to output: inout JSONOutput, largest: Int) {
        output.raw("{\"timestamp\":\"")
        Timestamp.write(time, to: &output.buffer)
        output.raw("\",\"request_id\":")
        output.string(id)
        output.raw(",\"service\":")
        output.string(service)
        output.raw(",\"version\":")
        output.string(version)
        output.raw(",\"route\":")
        output.string(route)
        if let method {
            output.raw(",\"method\":")
            output.string(method)
        }
        output.raw(",\"status\":")
        output.integer(status)
        output.raw(",\"microseconds\":")
        output.unsigned(nanoseconds / 1000)
        if let error {
            output.raw(",\"error\":")
            output.string(error)
        }
        writeInputs(to: &output, largest)
        writeOutputs(to: &output, largest)
        writePrediction(to: &output)
        output.raw("}\n")
    }

    private func writeInputs(to output: inout JSONOutput, _ largest: Int) {
        if case .nothing = inputs { return }
        output.raw(",\"inputs\":")
        switch inputs {
        case .nothing: break
        case .tensors(let tensors):
            output.members(tensors) { output, input in
                output.string(input.name)
                output.byte(":")
                output.logged(.tensor(input.tensor), largest)
            }
        case .body(let bytes, let type): output.logged(bytes, type: type, largest)
        case .parts(let parts):
            output.members(parts) { output, part in
                output.string(part.name)
                output.byte(":")
                output.logged(part.bytes, type: part.contentType ?? "", largest)
            }
        }
    }

    private func writeOutputs(to output: inout JSONOutput, _ largest: Int) {
        switch outputs {
        case .nothing, .parts: break
        case .tensors(let values):
            output.raw(",\"outputs\":")
            output.members(values) { output, value in
                output.string(value.name)
                output.byte(":")
                output.logged(value.value, largest)
            }
        case .body(let bytes, let type):
            output.raw(",\"outputs\":")
            output.logged(bytes, type: type, largest)
        }
    }

    /// What the caller was told, where the service makes labels and probabilities of the outputs.
    private func writePrediction(to output: inout JSONOutput) {
        guard let transform, case .tensors(let values) = outputs,
            let predictions = try? transform.predictions(of: values)
        else { return }
        var json: [UInt8] = []
        for prediction in predictions {
            json.append(UInt8(ascii: json.isEmpty ? "[" : ","))
            prediction.write(json: &json)
        }
        if json.isEmpty { return }
        output.raw(",\"predictions\":")
        output.buffer.writeBytes(json)
        output.byte("]")
    }
}

extension JSONOutput {
    fileprivate mutating func members<Item>(_ items: [Item], _ body: (inout JSONOutput, Item) -> Void) {
        byte("{")
        for (index, item) in items.enumerated() {
            if index > 0 { byte(",") }
            body(&self, item)
        }
        byte("}")
    }

    fileprivate mutating func logged(_ value: ModelValue, _ largest: Int) {
        if value.byteCount <= largest { return self.value(value) }
        byte("{")
        if case .tensor(let tensor) = value {
            raw("\"datatype\":\"")
            buffer.writeString(tensor.dataType.rawValue)
            raw("\",\"shape\":")
            integers(tensor.shape)
            byte(",")
            var bytes = ByteBuffer()
            BinaryTensor.write(tensor, to: &bytes)
            digest(Array(bytes.readableBytesView))
        } else {
            var text = JSONOutput(ByteBuffer())
            text.value(value)
            digest(Array(text.buffer.readableBytesView))
        }
        byte("}")
    }

    /// A body: JSON as it is, other text as a string, and what else there is by its checksum.
    fileprivate mutating func logged(_ bytes: [UInt8], type: String, _ largest: Int) {
        if bytes.count <= largest {
            if type.isEmpty || type.hasSuffix("json"), let value = Self.compact(bytes) {
                buffer.writeString(value)
                return
            }
            if type.hasPrefix("text/") { return bytes.withUnsafeBytes { string($0) } }
        }
        raw("{\"media_type\":")
        string(type)
        raw(",\"bytes\":")
        integer(bytes.count)
        byte(",")
        digest(bytes)
        byte("}")
    }

    /// The same JSON on one line; nil for what is none, or no JSON that others read.
    private static func compact(_ bytes: [UInt8]) -> String? {
        try? bytes.withUnsafeBytes { try Service.value($0) }.json(ensureASCII: false)
    }

    private mutating func digest(_ bytes: [UInt8]) {
        raw("\"sha256\":\"")
        buffer.writeString(SHA256.hash(bytes))
        raw("\"")
    }
}
