import Inference

extension Tensor {
    /// A copy of the numbers.
    func numbers<Number>(_ type: Number.Type) -> [Number] {
        withBytes { Array($0.bindMemory(to: type)) }
    }
}
