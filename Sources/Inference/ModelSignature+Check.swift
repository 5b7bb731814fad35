extension ModelSignature {
    /// The inputs in the signature's order; throws what a caller can understand when the model cannot take them.
    ///
    /// Costs no allocation when they are in order already. Optional inputs that are not given are left out.
    package func arranged(_ inputs: [NamedTensor], outputs: [String] = []) throws(InferenceError) -> [NamedTensor] {
        for name in outputs where outputIndex(name) == nil { throw unknown("output", name, self.outputs.map(\.name)) }
        if inputs.count == requiredCount, areInOrder(inputs) {
            for index in inputs.indices { try self.inputs[index].check(inputs[index].tensor) }
            return inputs
        }
        return try sorted(inputs)
    }

    package func outputIndex(_ name: String) -> Int? {
        outputs.firstIndex { $0.name == name }
    }

    private func areInOrder(_ inputs: [NamedTensor]) -> Bool {
        for index in inputs.indices where inputs[index].name != self.inputs[index].name { return false }
        return true
    }

    private func sorted(_ inputs: [NamedTensor]) throws(InferenceError) -> [NamedTensor] {
        var places = [Int?](repeating: nil, count: self.inputs.count)
        for (position, input) in inputs.enumerated() {
            guard let index = self.inputs.firstIndex(where: { $0.name == input.name }) else {
                throw unknown("input", input.name, self.inputs.map(\.name))
            }
            guard places[index] == nil else { throw .invalidInput("input '\(input.name)' is given twice") }
            try self.inputs[index].check(input.tensor)
            places[index] = position
        }
        for (index, input) in self.inputs.enumerated() where places[index] == nil && !input.isOptional {
            throw .invalidInput("input '\(input.name)' is missing")
        }
        return places.compactMap { $0.map { inputs[$0] } }
    }

    private func unknown(_ what: String, _ name: String, _ known: [String]) -> InferenceError {
        let names = known.map { "'\($0)'" }.joined(separator: ", ")
        return .invalidInput("the model has no \(what) '\(name)', only \(names.isEmpty ? "none" : names)")
    }
}

extension ModelSignature.Input {
    /// Throws when the model cannot take the tensor as this input.
    package func check(_ tensor: Tensor) throws(InferenceError) {
        guard tensor.dataType == dataType else {
            throw .invalidInput(
                "input '\(name)' has the type \(tensor.dataType.rawValue), the model takes \(dataType.rawValue)"
            )
        }
        guard accepts(tensor.shape) else {
            let wanted = shape.map { $0.map(String.init) ?? "-1" }.joined(separator: ", ")
            throw .invalidInput("input '\(name)' has shape \(tensor.shape), the model takes [\(wanted)]")
        }
    }

    private func accepts(_ given: [Int]) -> Bool {
        guard given.count == shape.count else { return false }
        for index in given.indices {
            if let extent = shape[index], extent != given[index] { return false }
        }
        return true
    }
}
