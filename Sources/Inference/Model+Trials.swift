extension Model {
    /// Runs the model once with zeros of the smallest shape, so that the first request does not pay for its start.
    package func warmUp() throws(InferenceError) {
        _ = try infer(trial(rows: [false]), outputs: [], deadline: nil)
    }

    /// Inputs of the smallest shape that has a row for each value, all elements of a row being zero or one.
    func trial(rows: [Bool]) throws(InferenceError) -> [NamedTensor] {
        var inputs: [NamedTensor] = []
        for input in signature.inputs where !input.isOptional {
            let isBatch = input.shape.first == .some(nil)
            let shape = input.shape.map { $0 ?? 1 }
            guard try Tensor.elementCount(of: shape) <= mostElementsTried else {
                throw .failed("input '\(input.name)' is too large to try the model with zeros")
            }
            let parts = try (isBatch ? rows : [false]).map { value throws(InferenceError) in
                try Tensor.filled(input.dataType, shape: shape, with: value)
            }
            inputs.append(NamedTensor(input.name, try isBatch ? .joining(parts) : parts[0]))
        }
        return inputs
    }
}

extension ONNXModel {
    /// Whether the model, when tried, answers rows given together as it answers them one by one.
    ///
    /// That a first dimension may have any extent does not tell that it counts requests.
    func treatsRowsAlone() -> Bool {
        let takes = signature.inputs.allSatisfy { $0.isOptional || $0.shape.first == .some(nil) }
        let gives = signature.outputs.allSatisfy { output in
            switch output.kind {
            case .tensor(_, let shape): shape.first == .some(nil)
            case .sequence: true
            case .map: false
            }
        }
        guard takes, gives, !signature.inputs.isEmpty else { return false }
        do {
            let together = try infer(trial(rows: [false, true]))
            let first = try infer(trial(rows: [false]))
            let second = try infer(trial(rows: [true]))
            return try RowSplit.agree(together, with: [first, second])
        } catch {
            return false
        }
    }
}

/// A model's file may ask for inputs of any size; memory for them is not taken on its word.
private let mostElementsTried = 1 << 26
