/// Makes tensors of rows with named values, as tables have them.
package struct ColumnTransform: Sendable, Hashable {
    /// A value that each row has.
    package struct Column: Sendable, Hashable {
        package let name: String
        package let type: DataType

        package init(name: String, type: DataType) {
            self.name = name
            self.type = type
        }
    }

    /// The columns in the order of the model's features.
    package let columns: [Column]
    /// Whether all columns, then of one type, are in one tensor of shape [rows, columns]; otherwise each is a tensor of
    /// its name and of shape [rows, 1].
    package let isTogether: Bool

    package init(columns: [Column], isTogether: Bool) {
        self.columns = columns
        self.isTogether = isTogether
    }

    /// The types that columns may have.
    static let types: [DataType] = [.float32, .float64, .int32, .int64, .uint8, .bool, .string]
}
