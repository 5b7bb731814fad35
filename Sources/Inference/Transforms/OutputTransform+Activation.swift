import Glibc

extension OutputTransform {
    /// Makes probabilities of scores.
    func activate(_ scores: inout [Double]) {
        switch activation {
        case .none: break
        case .softmax:
            // Relative to the largest, so that nothing overflows.
            let largest = scores.max() ?? 0
            var sum = 0.0
            for index in scores.indices {
                scores[index] = exp(scores[index] - largest)
                sum += scores[index]
            }
            for index in scores.indices { scores[index] /= sum }
        case .sigmoid:
            for index in scores.indices { scores[index] = 1 / (1 + exp(-scores[index])) }
        }
    }
}

extension Tensor {
    /// Floating-point numbers of any size as doubles; nil for other types.
    var scores: [Double]? {
        withBytes { bytes in
            switch dataType {
            case .float64: Array(bytes.bindMemory(to: Double.self))
            case .float32: bytes.bindMemory(to: Float.self).map(Double.init)
            case .float16: bytes.bindMemory(to: UInt16.self).map { Double(Float16(bitPattern: $0)) }
            case .bfloat16: bytes.bindMemory(to: UInt16.self).map { Double(Float(bitPattern: UInt32($0) << 16)) }
            default: nil
            }
        }
    }

    /// The keys of a map as labels.
    var keyLabels: Labels? {
        switch (content, dataType) {
        case (.strings(let keys), _): Labels(keys.map { String(decoding: $0, as: UTF8.self) })
        case (.numbers, .int64): withBytes { Labels($0.bindMemory(to: Int64.self).map { String($0) }) }
        default: nil
        }
    }
}

extension ModelValue {
    /// Whether this can be scores: floating-point numbers, or such by class.
    var mayBeScores: Bool {
        switch self {
        case .tensor(let tensor): [.float32, .float64, .float16, .bfloat16].contains(tensor.dataType)
        case .sequence(let values): values.first?.mayBeScores ?? true
        case .map(_, let values): [.float32, .float64].contains(values.dataType)
        }
    }
}
