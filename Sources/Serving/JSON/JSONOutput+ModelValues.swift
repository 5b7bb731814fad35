package import Inference

extension JSONOutput {
    /// Writes what a model answered: tensors as nested arrays, maps as objects, sequences as arrays.
    package mutating func value(_ value: ModelValue) {
        switch value {
        case .tensor(let tensor): nested(tensor)
        case .sequence(let values):
            byte("[")
            for (index, value) in values.enumerated() {
                if index > 0 { byte(",") }
                self.value(value)
            }
            byte("]")
        case .map(let keys, let values):
            byte("{")
            for index in 0..<min(keys.elementCount, values.elementCount) {
                if index > 0 { byte(",") }
                key(keys, index)
                byte(":")
                elements(of: values, index..<(index + 1))
            }
            byte("}")
        }
    }

    private mutating func key(_ keys: Tensor, _ index: Int) {
        if case .strings = keys.content { return elements(of: keys, index..<(index + 1)) }
        byte("\"")
        elements(of: keys, index..<(index + 1))
        byte("\"")
    }

    /// Writes answers as an object with the outputs' names.
    package mutating func object(_ values: [NamedValue]) {
        byte("{")
        for (index, output) in values.enumerated() {
            if index > 0 { byte(",") }
            string(output.name)
            byte(":")
            value(output.value)
        }
        byte("}")
    }
}
