/// An entry of a `map<string, InferParameter>`; of its values, whole numbers are of use.
struct InferParameter {
    private(set) var name = ""
    private(set) var number: UInt64 = 0

    init(_ entry: ProtobufReader) throws(ProtobufError) {
        var reader = entry
        while let field = try reader.nextField() {
            switch (field.number, field.wire) {
            case (1, .bytes): name = try reader.string()
            case (2, .bytes): try readValue(reader.message())
            default: try reader.skip(field)
            }
        }
    }

    private mutating func readValue(_ reader: ProtobufReader) throws(ProtobufError) {
        var reader = reader
        while let field = try reader.nextField() {
            switch (field.number, field.wire) {
            case (1, .varint), (5, .varint): number = try reader.varint()
            case (2, .varint): number = UInt64(max(0, Int64(bitPattern: try reader.varint())))
            default: try reader.skip(field)
            }
        }
    }
}
