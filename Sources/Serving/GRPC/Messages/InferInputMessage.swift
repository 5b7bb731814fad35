import Inference

/// `ModelInferRequest.InferInputTensor`, as places in the bytes that it is read from.
struct InferInputMessage {
    private(set) var name = ""
    private(set) var parameters: [InferParameter] = []
    private var dataType = ""
    private var shape: [Int] = []
    /// A message that comes several times is one with all their fields.
    private var contents: [ProtobufReader] = []

    init(_ reader: ProtobufReader) throws(ProtobufError) {
        var reader = reader
        while let field = try reader.nextField() {
            switch (field.number, field.wire) {
            case (1, .bytes): name = try reader.string()
            case (2, .bytes): dataType = try reader.string()
            case (3, .bytes):
                var extents = try reader.message()
                while !extents.isAtEnd { shape.append(Int(bitPattern: UInt(try extents.varint()))) }
            case (3, .varint): shape.append(Int(bitPattern: UInt(try reader.varint())))
            case (4, .bytes): parameters.append(try InferParameter(reader.message()))
            case (5, .bytes): contents.append(try reader.message())
            default: try reader.skip(field)
            }
        }
    }

    var hasContents: Bool { contents.contains { !$0.isAtEnd } }

    /// Copies the tensor out of raw bytes, or of the contents where there are none.
    func tensor(raw: UnsafeRawBufferPointer?) throws(InferenceError) -> Tensor {
        guard let type = DataType(rawValue: dataType) else {
            throw .invalidInput("input '\(name)': there is no datatype '\(dataType)'")
        }
        // A shape has few extents; thousands are an attack on whoever prints them.
        guard shape.count <= 32 else { throw .invalidInput("input '\(name)' has \(shape.count) dimensions") }
        do throws(InferenceError) {
            guard let raw else { return try InferContents(type, contents).tensor(shape: shape) }
            if hasContents { throw .invalidInput("there are contents beside raw_input_contents") }
            do throws(JSONProblem) {
                return try BinaryTensor.read(type, shape: shape, raw)
            } catch {
                throw .invalidInput(error.message)
            }
        } catch {
            guard case .invalidInput(let text) = error else { throw error }
            throw .invalidInput("input '\(name)': \(text)")
        }
    }
}
