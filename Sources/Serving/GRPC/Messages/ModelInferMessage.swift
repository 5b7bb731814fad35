import Inference

/// `ModelInferRequest`, as places in the bytes that it is read from; valid as long as they are.
struct ModelInferMessage {
    private(set) var model = ""
    private(set) var version = ""
    private(set) var id = ""
    private(set) var outputs: [String] = []
    /// Microseconds, by Triton's parameter of this name.
    private(set) var timeout: UInt64 = 0
    private var inputs: [InferInputMessage] = []
    private var raw: [UnsafeRawBufferPointer] = []
    /// A parameter that asks for something that is not there.
    private var unsupported: String?

    init(_ reader: ProtobufReader) throws(ProtobufError) {
        var reader = reader
        while let field = try reader.nextField() {
            switch (field.number, field.wire) {
            case (1, .bytes): model = try reader.string()
            case (2, .bytes): version = try reader.string()
            case (3, .bytes): id = try reader.string()
            case (4, .bytes): note(try InferParameter(reader.message()))
            case (5, .bytes):
                let input = try InferInputMessage(reader.message())
                for parameter in input.parameters { note(parameter) }
                inputs.append(input)
            case (6, .bytes): try readOutput(reader.message())
            case (7, .bytes): raw.append(try reader.content())
            default: try reader.skip(field)
            }
        }
    }

    /// Reads `ModelInferResponse`, whose outputs have the form of inputs.
    init(answer reader: ProtobufReader) throws(ProtobufError) {
        var reader = reader
        while let field = try reader.nextField() {
            switch (field.number, field.wire) {
            case (5, .bytes): inputs.append(try InferInputMessage(reader.message()))
            case (6, .bytes): raw.append(try reader.content())
            default: try reader.skip(field)
            }
        }
    }

    /// Whether the tensors are raw bytes, so that the answer's should be, too.
    var isRaw: Bool { !raw.isEmpty || inputs.allSatisfy { !$0.hasContents } }

    /// The inputs as tensors, copied out of the message.
    func tensors() throws(InferenceError) -> [NamedTensor] {
        if let unsupported { throw .invalidInput("'\(unsupported)' is not supported") }
        guard raw.isEmpty || raw.count == inputs.count else {
            throw .invalidInput("there are \(inputs.count) inputs but \(raw.count) raw_input_contents")
        }
        var tensors: [NamedTensor] = []
        tensors.reserveCapacity(inputs.count)
        for (index, input) in inputs.enumerated() {
            tensors.append(NamedTensor(input.name, try input.tensor(raw: raw.isEmpty ? nil : raw[index])))
        }
        return tensors
    }

    private mutating func readOutput(_ reader: ProtobufReader) throws(ProtobufError) {
        var reader = reader
        var name = ""
        while let field = try reader.nextField() {
            switch (field.number, field.wire) {
            case (1, .bytes): name = try reader.string()
            case (2, .bytes): note(try InferParameter(reader.message()))
            default: try reader.skip(field)
            }
        }
        outputs.append(name)
    }

    private mutating func note(_ parameter: InferParameter) {
        switch parameter.name {
        case "timeout": timeout = parameter.number
        case "classification", "shared_memory_region": unsupported = parameter.name
        default: break
        }
    }
}
