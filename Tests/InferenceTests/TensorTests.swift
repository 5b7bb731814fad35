import Inference
import Testing

@Suite struct TensorTests {
    @Test func elementCountRefusesOverflow() {
        #expect(throws: InferenceError.self) { try Tensor.elementCount(of: [1 << 40, 1 << 40]) }
        #expect(throws: InferenceError.self) { try Tensor.elementCount(of: [-1]) }
    }

    @Test func aTensorNeedsMemoryOfItsSize() throws {
        let memory = TensorMemory(byteCount: 24)
        #expect(try Tensor(.float32, shape: [2, 3], memory: memory).byteCount == 24)
        #expect(throws: InferenceError.self) { try Tensor(.float64, shape: [2, 3], memory: memory) }
    }

    @Test func aTensorOfStringsNeedsOneForEachElement() {
        #expect(throws: InferenceError.self) { try Tensor(strings: [[65]], shape: [2]) }
    }
}
