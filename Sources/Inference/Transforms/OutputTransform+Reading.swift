import Values
package import YAML

extension OutputTransform {
    /// Reads the outputs of a service; nil when there are none, and then the answer is the model's tensors.
    package static func read(_ node: YAMLNode?, _ faults: inout [TransformFault]) -> OutputTransform? {
        guard let node else { return nil }
        var fields = FieldReader(node, subject: "outputs")
        guard fields.isMapping else {
            faults += fields.finish()
            return nil
        }
        var transform = OutputTransform()
        transform.tensor = fields.text("tensor")
        transform.readLabels(&fields)
        transform.readActivation(&fields)
        transform.topCount = fields.integer("top-k", in: 1...1_000_000)
        faults += fields.finish()
        return transform
    }

    private mutating func readLabels(_ fields: inout FieldReader) {
        guard let field = fields.field("labels") else { return }
        switch field.value {
        case .string(let path) where !path.isEmpty: labelsPath = path
        case .list(let items):
            let names = items.compactMap { item in item.string ?? item.int.map { String($0) } }
            if names.isEmpty || names.count < items.count {
                fields.complain(field, "'outputs.labels' must be the path of a file or a list of strings")
            } else if let name = Labels.repeated(names) {
                fields.complain(field, "'outputs.labels' has '\(name)' twice")
            } else {
                labels = Labels(names)
            }
        default: fields.complain(field, "'outputs.labels' must be the path of a file or a list of strings")
        }
    }

    private mutating func readActivation(_ fields: inout FieldReader) {
        let softmax = fields.flag("softmax") ?? false
        let sigmoid = fields.flag("sigmoid") ?? false
        activation = softmax ? .softmax : sigmoid ? .sigmoid : .none
        if softmax, sigmoid { fields.complain(nil, "'outputs' can have softmax or sigmoid, not both") }
        let place = fields.field("threshold")
        guard place != nil, let threshold = fields.number("threshold") else { return }
        self.threshold = threshold
        if activation != .sigmoid { fields.complain(place, "'outputs.threshold' needs `sigmoid: true`") }
        if !(0...1).contains(threshold) { fields.complain(place, "'outputs.threshold' must be from 0 to 1") }
    }
}
