import Glibc
import Inference

/// Adds up each row of `x` (FP32, any number of rows of three): a model in a few lines.
final class SumModel: Model, @unchecked Sendable {
    let signature = ModelSignature(
        platform: "test",
        inputs: [.init(name: "x", dataType: .float32, shape: [nil, 3])],
        outputs: [.init(name: "sum", kind: .tensor(.float32, shape: [nil]))]
    )
    let concurrency = 2
    let isBatchable = true
    let delay: useconds_t

    init(delay: useconds_t = 0) {
        self.delay = delay
    }

    func infer(
        _ inputs: [NamedTensor],
        outputs: [String],
        deadline: Deadline?
    ) throws(InferenceError) -> [NamedValue] {
        if delay > 0 { usleep(delay) }
        guard let x = inputs.first?.tensor, x.shape.count == 2, x.shape[1] == 3 else {
            throw .invalidInput("x has another shape than [?, 3]")
        }
        if let other = outputs.first(where: { $0 != "sum" }) { throw .invalidInput("there is no output '\(other)'") }
        let numbers = x.numbers(Float.self)
        let memory = TensorMemory(byteCount: x.shape[0] * 4)
        for row in 0..<x.shape[0] {
            let sum = numbers[(row * 3)..<(row * 3 + 3)].reduce(0, +)
            memory.bytes.storeBytes(of: sum, toByteOffset: row * 4, as: Float.self)
        }
        return [NamedValue("sum", .tensor(try Tensor(.float32, shape: [x.shape[0]], memory: memory)))]
    }

    func close() {}
}
