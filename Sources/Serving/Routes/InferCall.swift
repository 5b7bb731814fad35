import Inference

/// A request of the Open Inference Protocol v2, read from JSON with or without binary data after it.
struct InferCall {
    struct Output {
        let name: String
        var isBinary: Bool?
    }

    /// The text of `id`, with its quotes.
    var id: [UInt8]?
    var inputs: [NamedTensor] = []
    var outputs: [Output] = []
    /// Whether outputs are binary that do not say.
    var isBinary = false
    /// Microseconds.
    var timeout: Int?

    func isBinary(_ output: String) -> Bool {
        outputs.first { $0.name == output }?.isBinary ?? isBinary
    }

    /// Reads a body whose first `jsonLength` bytes are JSON; all of it when nil.
    init(_ body: UnsafeRawBufferPointer, jsonLength: Int?, _ signature: ModelSignature) throws(JSONProblem) {
        guard (jsonLength ?? 0) <= body.count else {
            throw JSONProblem("Inference-Header-Content-Length is more than the body has", at: 0)
        }
        if jsonLength == 0 {
            try readRaw(body, signature)
            return
        }
        let length = jsonLength ?? body.count
        var binary = UnsafeRawBufferPointer(rebasing: body[length...])
        var cursor = JSONCursor(UnsafeRawBufferPointer(rebasing: body[..<length]))
        try cursor.object { (key: String, cursor: inout JSONCursor) throws(JSONProblem) in
            switch key {
            case "inputs":
                try cursor.array { (cursor: inout JSONCursor) throws(JSONProblem) in
                    inputs.append(try InferInput(&cursor, signature).tensor(cursor, &binary))
                }
            case "outputs":
                try cursor.array { (cursor: inout JSONCursor) throws(JSONProblem) in
                    outputs.append(try Self.output(&cursor))
                }
            case "id": try readID(&cursor)
            case "parameters": try readParameters(&cursor)
            default: try cursor.skip()
            }
        }
        try cursor.expectEnd()
        if !binary.isEmpty { throw JSONProblem("\(binary.count) bytes of binary data belong to no input", at: length) }
        if inputs.isEmpty { throw JSONProblem("the request has no inputs", at: 0) }
    }

    private mutating func readID(_ cursor: inout JSONCursor) throws(JSONProblem) {
        guard cursor.next() == UInt8(ascii: "\"") else { throw cursor.unexpected("a string as id") }
        id = Array(cursor.bytes[try cursor.text()])
    }

    private mutating func readParameters(_ cursor: inout JSONCursor) throws(JSONProblem) {
        try cursor.object { (key: String, cursor: inout JSONCursor) throws(JSONProblem) in
            switch key {
            case "binary_data_output": isBinary = try cursor.bool()
            case "timeout": timeout = try cursor.integer()
            default: try cursor.skip()
            }
        }
    }

    private static func output(_ cursor: inout JSONCursor) throws(JSONProblem) -> Output {
        var name: String?
        var isBinary: Bool?
        try cursor.object { (key: String, cursor: inout JSONCursor) throws(JSONProblem) in
            switch key {
            case "name": name = try cursor.text(of: key)
            case "parameters":
                try cursor.object { (key: String, cursor: inout JSONCursor) throws(JSONProblem) in
                    if key == "binary_data" { isBinary = try cursor.bool() } else { try cursor.skip() }
                }
            default: try cursor.skip()
            }
        }
        guard let name else { throw cursor.problem("an output has no name") }
        return Output(name: name, isBinary: isBinary)
    }

    /// A body that is one tensor and nothing else: one row of a model with one input and one dimension that varies.
    private mutating func readRaw(_ body: UnsafeRawBufferPointer, _ signature: ModelSignature) throws(JSONProblem) {
        guard let input = signature.onlyInput, input.shape.count(where: { $0 == nil }) <= 2 else {
            throw JSONProblem("a body without JSON is for models with one input and one dimension that varies", at: 0)
        }
        isBinary = true
        inputs = [NamedTensor(input.name, try Self.raw(body, for: input))]
    }

    /// Takes bytes for an input whose first dimension, when it varies, is 1.
    static func raw(
        _ body: UnsafeRawBufferPointer,
        for input: ModelSignature.Input
    ) throws(JSONProblem) -> Tensor {
        var shape = input.shape
        if let first = shape.first, first == nil { shape[0] = 1 }
        let fixed = shape.reduce(1) { $0 * max(1, $1 ?? 1) }
        if let open = shape.firstIndex(of: nil) {
            let size = input.dataType.size ?? max(1, body.count)
            shape[open] = body.count / max(1, fixed * size)
        }
        guard !shape.contains(nil) else { throw JSONProblem("the shape does not follow from the data's size", at: 0) }
        return try BinaryTensor.read(input.dataType, shape: shape.map { $0 ?? 1 }, body)
    }
}

extension JSONCursor {
    /// Reads the string that is the value of a key.
    mutating func text(of key: String) throws(JSONProblem) -> String {
        guard next() == UInt8(ascii: "\"") else { throw unexpected("a string as \(key)") }
        return String(decoding: try string(), as: UTF8.self)
    }
}
