import Inference

extension Tensor {
    /// A copy of the numbers.
    func numbers<Number>(_ type: Number.Type) -> [Number] {
        withExtendedLifetime(self) { Array(bytes.bindMemory(to: type)) }
    }
}
