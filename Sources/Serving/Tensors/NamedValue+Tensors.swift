import Inference

extension NamedValue {
    /// The value as tensors, which is all that the Open Inference Protocol knows.
    ///
    /// Maps are two: the values, and the keys with `.labels` after the name; a list of maps with the same keys has a row of
    /// values for each.
    func tensors() throws(InferenceError) -> [NamedTensor] {
        switch value {
        case .tensor(let tensor): return [NamedTensor(name, tensor)]
        case .map(let keys, let values): return [NamedTensor(name, values), NamedTensor(name + ".labels", keys)]
        case .sequence(let elements):
            var rows: [Tensor] = []
            var labels: Tensor?
            for element in elements {
                guard case .map(let keys, let values) = element, labels?.isSame(as: keys) ?? true else {
                    throw .failed("output '\(name)' has no form in this protocol; ask for other outputs")
                }
                labels = keys
                rows.append(values)
            }
            guard let labels else { return [] }
            return [NamedTensor(name, try Tensor(rows: rows)), NamedTensor(name + ".labels", labels)]
        }
    }
}

extension Tensor {
    /// Puts rows of the same type and length below each other.
    fileprivate init(rows: [Tensor]) throws(InferenceError) {
        guard let first = rows.first, rows.allSatisfy({ $0.dataType == first.dataType && $0.shape == first.shape })
        else { throw .failed("the rows of an output differ in length") }
        let shape = [rows.count] + first.shape
        if first.dataType == .string {
            try self.init(strings: rows.flatMap(\.strings), shape: shape)
            return
        }
        let size = first.bytes.count
        let memory = TensorMemory(byteCount: size * rows.count)
        for (index, row) in rows.enumerated() where size > 0 {
            UnsafeMutableRawBufferPointer(rebasing: memory.bytes[(index * size)...]).copyMemory(from: row.bytes)
        }
        try self.init(first.dataType, shape: shape, memory: memory)
    }

    private var strings: [[UInt8]] {
        if case .strings(let strings) = content { strings } else { [] }
    }

    fileprivate func isSame(as other: Tensor) -> Bool {
        dataType == other.dataType && shape == other.shape && strings == other.strings
            && bytes.elementsEqual(other.bytes)
    }
}
