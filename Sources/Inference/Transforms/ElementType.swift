import Values
import YAML

extension DataType {
    /// The names that people know for the types they choose.
    private static let commonNames: [String: DataType] = [
        "float32": .float32, "float64": .float64, "uint8": .uint8, "int32": .int32, "int64": .int64, "bool": .bool,
        "string": .string,
    ]

    /// The name in the transforms' descriptions.
    var commonName: String {
        Self.commonNames.first { $0.value == self }?.key ?? rawValue
    }

    /// The type of a name such as `float32` or, as the Open Inference Protocol has it, `FP32`.
    init?(commonName name: String) {
        guard let type = Self.commonNames[name] ?? DataType(rawValue: name) else { return nil }
        self = type
    }
}

extension FieldReader {
    /// One of some element types.
    mutating func elementType(_ key: String, among types: [DataType]) -> DataType? {
        guard let field = field(key) else { return nil }
        if let type = DataType(commonName: field.value.string ?? ""), types.contains(type) { return type }
        complain(field, "'\(key)' must be one of \(types.map(\.commonName).joined(separator: ", "))")
        return nil
    }
}
