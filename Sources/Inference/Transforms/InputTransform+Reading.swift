import Values
package import YAML

extension InputTransform {
    private enum Decoding: String, CaseIterable {
        case image
    }

    /// Reads the inputs of a service: a mapping of fields of requests to what becomes of them; nil is none.
    package static func read(_ node: YAMLNode?, _ faults: inout [TransformFault]) -> [InputTransform] {
        guard let node else { return [] }
        guard case .mapping(let entries, _) = node.kind else {
            faults.append(TransformFault(line: node.line, message: "'inputs' must be a mapping"))
            return []
        }
        var inputs: [InputTransform] = []
        for entry in entries {
            let name = entry.key.value.string ?? ""
            if name.isEmpty || name == "<<" {
                faults.append(TransformFault(line: entry.key.line, message: "the name of an input must be a string"))
            } else if let input = input(name, entry.value, &faults) {
                inputs.append(input)
            }
        }
        return inputs
    }

    private static func input(_ name: String, _ node: YAMLNode, _ faults: inout [TransformFault]) -> InputTransform? {
        let subject = "inputs.\(name)"
        var fields = FieldReader(node, subject: subject)
        guard fields.isMapping else {
            faults += fields.finish()
            return nil
        }
        let tensor = fields.text("tensor")
        let decoding = fields.choice("decode", Decoding.self)
        let columns = fields.field("columns")
        let kind: Kind?
        if decoding != nil {
            if columns != nil { fields.complain(columns, "'\(subject)' is an image and has no columns") }
            kind = .image(ImageTransform(&fields, subject: subject))
        } else if let columns {
            kind = .columns(ColumnTransform(&fields, columns, subject: subject))
        } else {
            if node["decode"] == nil { fields.complain(nil, "'\(subject)' needs `decode: image` or `columns`") }
            _ = ImageTransform(&fields, subject: subject)
            kind = nil
        }
        faults += fields.finish()
        return kind.map { InputTransform(name: name, tensor: tensor, kind: $0) }
    }
}
