import Inference

extension [NamedValue] {
    /// The answers as the tensors that the protocol has for them; throws for one that it has none for.
    func tensors() throws(InferenceError) -> [(String, Tensor)] {
        var tensors: [(String, Tensor)] = []
        tensors.reserveCapacity(count)
        for value in self { try value.append(to: &tensors) }
        return tensors
    }
}

extension NamedValue {
    /// Maps become their values and, beside them, their keys; a list of maps has a row for each.
    fileprivate func append(to tensors: inout [(String, Tensor)]) throws(InferenceError) {
        switch value {
        case .tensor(let tensor): tensors.append((name, tensor))
        case .map(let keys, let values): tensors += [(name, values), (name + ".labels", keys)]
        case .sequence(let elements):
            let (keys, values) = try rows(elements)
            tensors += [(name, values), (name + ".labels", keys)]
        }
    }

    private func rows(_ elements: [ModelValue]) throws(InferenceError) -> (keys: Tensor, values: Tensor) {
        guard case .map(let keys, let first)? = elements.first, let size = first.dataType.size else {
            throw unsayable("is a list of other things than maps to numbers")
        }
        let width = first.elementCount * size
        let memory = TensorMemory(byteCount: width * elements.count)
        for (index, element) in elements.enumerated() {
            guard case .map(let others, let values) = element, values.dataType == first.dataType else {
                throw unsayable("is a list of different things")
            }
            guard others.hasSameElements(as: keys), values.byteCount == width else {
                throw unsayable("is a list of maps with different keys")
            }
            let row = UnsafeMutableRawBufferPointer(rebasing: memory.bytes[(index * width)..<((index + 1) * width)])
            values.withBytes { row.copyMemory(from: $0) }
        }
        return (keys, try Tensor(first.dataType, shape: [elements.count, first.elementCount], memory: memory))
    }

    private func unsayable(_ what: String) -> InferenceError {
        .failed(
            "the output '\(name)' \(what), which the protocol has no tensor for; name the outputs that are wanted, or ask /predict"
        )
    }
}

extension Tensor {
    fileprivate func hasSameElements(as other: Tensor) -> Bool {
        guard dataType == other.dataType, elementCount == other.elementCount else { return false }
        if case .strings(let own) = content, case .strings(let others) = other.content { return own == others }
        return hasSameBytes(as: other)
    }
}
