import Values
import YAML

extension ColumnTransform {
    /// Reads the fields that describe columns: a list of names of one type, or a mapping of names to types.
    init(_ fields: inout FieldReader, _ node: YAMLNode, subject: String) {
        let type = fields.elementType("type", among: Self.types) ?? .float32
        var columns: [Column] = []
        var isTogether = true
        switch node.kind {
        case .sequence(let items, _):
            for item in items {
                if let name = item.value.string {
                    columns.append(Column(name: name, type: type))
                } else {
                    fields.complain(item, "a column of '\(subject)' must be a string")
                }
            }
        case .mapping(let entries, _):
            isTogether = false
            if fields.field("type") != nil {
                fields.complain(nil, "the columns of '\(subject)' have types of their own, `type` is for a list")
            }
            for entry in entries { columns += Self.column(entry.key, entry.value, &fields, subject) }
        case .scalar: break
        }
        if columns.isEmpty, fields.faults.isEmpty {
            fields.complain(node, "'\(subject).columns' must be a list of names or a mapping")
        }
        if Set(columns.map(\.name)).count < columns.count {
            fields.complain(node, "the columns of '\(subject)' must have different names")
        }
        self.init(columns: columns, isTogether: isTogether)
    }

    private static func column(
        _ key: YAMLNode,
        _ type: YAMLNode,
        _ fields: inout FieldReader,
        _ subject: String
    ) -> [Column] {
        guard let name = key.value.string else {
            fields.complain(key, "a column of '\(subject)' must be a string")
            return []
        }
        guard let dataType = DataType(commonName: type.value.string ?? ""), types.contains(dataType) else {
            let words = types.map(\.commonName).joined(separator: ", ")
            fields.complain(type, "the type of column '\(name)' must be one of \(words)")
            return []
        }
        return [Column(name: name, type: dataType)]
    }
}
