import Inference

extension Service {
    /// Reads a JSON body of inputs: an object with their names, or the one input alone.
    func tensors(_ cursor: inout JSONCursor) throws(HTTPFailure) -> [NamedTensor] {
        let signature = signature
        do throws(JSONProblem) {
            if cursor.next() == UInt8(ascii: "[") {
                guard let only = signature.onlyInput else {
                    throw JSONProblem("the model has several inputs, so they must be named: \(inputNames)", at: 0)
                }
                let tensor = try tensor(only, &cursor)
                try cursor.expectEnd()
                return [NamedTensor(only.name, tensor)]
            }
            let tensors = try namedTensors(&cursor, signature)
            try cursor.expectEnd()
            return tensors
        } catch {
            throw HTTPFailure(error)
        }
    }

    private func namedTensors(
        _ cursor: inout JSONCursor,
        _ signature: ModelSignature
    ) throws(JSONProblem) -> [NamedTensor] {
        var tensors: [NamedTensor] = []
        try cursor.object { (key: String, cursor: inout JSONCursor) throws(JSONProblem) in
            // A model of one input takes it by any name, as there is nothing to mix up.
            guard let input = signature.inputs.first(where: { $0.name == key }) ?? signature.onlyInput else {
                throw cursor.problem("the model has no input '\(key)'; it has: \(inputNames)")
            }
            if tensors.contains(where: { $0.name == input.name }) {
                throw cursor.problem("the input '\(input.name)' is given twice")
            }
            tensors.append(NamedTensor(input.name, try tensor(input, &cursor)))
        }
        return tensors
    }

    func tensor(_ input: ModelSignature.Input, _ cursor: inout JSONCursor) throws(JSONProblem) -> Tensor {
        do {
            return try JSONTensorReader.read(input.dataType, expected: input.rowElements, from: &cursor)
        } catch {
            throw JSONProblem("input '\(input.name)': \(error.message)", at: error.offset)
        }
    }

    var inputNames: String { signature.inputs.map(\.name).joined(separator: ", ") }
}

extension ModelSignature {
    /// The input of a model that has just one.
    var onlyInput: Input? { inputs.count == 1 ? inputs.first : nil }
}

extension ModelSignature.Input {
    /// The elements of the smallest tensor that fits.
    var rowElements: Int {
        shape.reduce(1) { count, extent in
            let (product, overflows) = count.multipliedReportingOverflow(by: max(1, extent ?? 1))
            return overflows ? 1 : product
        }
    }
}
