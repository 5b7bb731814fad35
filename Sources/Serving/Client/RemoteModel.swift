import Inference
import Values

/// What a server tells of one of its models.
package struct RemoteModel: Sendable {
    package private(set) var name = ""
    package private(set) var versions: [String] = []
    package private(set) var platform = ""
    package private(set) var inputs: [TensorMetadata] = []
    package private(set) var outputs: [TensorMetadata] = []

    /// Reads what `GET /v2/models/{model}` answers.
    init(_ json: Value) {
        name = json["name"]?.text ?? ""
        platform = json["platform"]?.text ?? ""
        versions = json["versions"]?.elements.compactMap(\.text) ?? []
        inputs = json["inputs"]?.elements.compactMap(TensorMetadata.init) ?? []
        outputs = json["outputs"]?.elements.compactMap(TensorMetadata.init) ?? []
    }

    /// Reads `ModelMetadataResponse`.
    init(_ reader: ProtobufReader) throws(ProtobufError) {
        var reader = reader
        while let field = try reader.nextField() {
            switch (field.number, field.wire) {
            case (1, .bytes): name = try reader.string()
            case (2, .bytes): versions.append(try reader.string())
            case (3, .bytes): platform = try reader.string()
            case (4, .bytes): if let tensor = try TensorMetadata(reader.message()) { inputs.append(tensor) }
            case (5, .bytes): if let tensor = try TensorMetadata(reader.message()) { outputs.append(tensor) }
            default: try reader.skip(field)
            }
        }
    }

    /// Whether another model would take the same data; it tells the server apart from one that talks nonsense.
    package var isComplete: Bool { !name.isEmpty && !inputs.isEmpty }
}

extension TensorMetadata {
    fileprivate init?(_ json: Value) {
        guard let name = json["name"]?.text, let type = json["datatype"]?.text.flatMap(DataType.init) else {
            return nil
        }
        let shape = json["shape"]?.elements.map { extent -> Int? in
            if case .int(let extent) = extent, extent >= 0 { extent } else { nil }
        }
        self.init(name, type, shape ?? [])
    }

    fileprivate init?(_ reader: ProtobufReader) throws(ProtobufError) {
        var reader = reader
        var name = ""
        var type: DataType?
        var shape: [Int?] = []
        func add(_ extent: UInt64) {
            let extent = Int64(bitPattern: extent)
            shape.append(extent < 0 ? nil : Int(extent))
        }
        while let field = try reader.nextField() {
            switch (field.number, field.wire) {
            case (1, .bytes): name = try reader.string()
            case (2, .bytes): type = DataType(rawValue: try reader.string())
            case (3, .varint): add(try reader.varint())
            case (3, .bytes):
                var packed = try reader.message()
                while !packed.isAtEnd { add(try packed.varint()) }
            default: try reader.skip(field)
            }
        }
        guard let type else { return nil }
        self.init(name, type, shape)
    }
}

extension Value {
    fileprivate var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    fileprivate var elements: [Value] {
        if case .list(let list) = self { list } else { [] }
    }
}
