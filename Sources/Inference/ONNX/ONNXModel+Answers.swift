import CONNXRuntime

extension ONNXModel {
    /// What the library made, as a value of ours.
    func answer(_ held: HeldValue, _ kind: ModelSignature.Kind) throws(InferenceError) -> ModelValue {
        switch kind {
        case .tensor(let type, _): return .tensor(try tensor(held, type))
        case .sequence(let kind):
            var count = 0
            try runtime.check(ort_value_count(runtime.api, held.value, &count))
            var elements: [ModelValue] = []
            elements.reserveCapacity(count)
            for index in 0..<count { elements.append(try answer(element(index, of: held), kind)) }
            return .sequence(elements)
        case .map(let key, let type):
            return .map(
                keys: try tensor(element(0, of: held), key),
                values: try tensor(element(1, of: held), type)
            )
        }
    }

    private func element(_ index: Int, of held: HeldValue) throws(InferenceError) -> HeldValue {
        let value = try runtime.make {
            ort_value_element(runtime.api, held.value, Int32(clamping: index), runtime.allocator, &$0)
        }
        return HeldValue(api: runtime.api, value: value)
    }

    private func tensor(_ held: HeldValue, _ type: DataType) throws(InferenceError) -> Tensor {
        let shape = try shape(of: held.value, type)
        guard let size = type.size else { return try Tensor(strings: strings(held.value, shape), shape: shape) }
        var data: UnsafeMutableRawPointer?
        try runtime.check(ort_tensor_data(runtime.api, held.value, &data))
        let count = try Tensor.elementCount(of: shape) * size
        guard data != nil || count == 0 else { throw .failed("the model gave a tensor without data") }
        let bytes = UnsafeMutableRawBufferPointer(start: data, count: data == nil ? 0 : count)
        return try Tensor(type, shape: shape, memory: TensorMemory(bytes, of: held))
    }

    private func shape(of value: OpaquePointer, _ type: DataType) throws(InferenceError) -> [Int] {
        let api = runtime.api
        let info = try runtime.make { ort_value_tensor_type(api, value, &$0) }
        defer { ort_release_tensor_type(api, info) }
        var number: Int32 = 0
        var rank = 0
        try runtime.check(ort_element_type(api, info, &number))
        guard number == type.onnx else { throw .failed("the model gave elements of another type than it tells") }
        try runtime.check(ort_rank(api, info, &rank))
        var status: OpaquePointer?
        let shape = [Int](unsafeUninitializedCapacity: rank) { extents, count in
            extents.withMemoryRebound(to: Int64.self) { status = ort_extents(api, info, $0.baseAddress, rank) }
            count = status == nil ? rank : 0
        }
        try runtime.check(status)
        return shape
    }

    /// The strings of a tensor, which the library gives as one text and where each starts.
    private func strings(_ value: OpaquePointer, _ shape: [Int]) throws(InferenceError) -> [[UInt8]] {
        let count = try Tensor.elementCount(of: shape)
        if count == 0 { return [] }
        var length = 0
        try runtime.check(ort_string_data_length(runtime.api, value, &length))
        var text = [UInt8](repeating: 0, count: max(1, length))
        var starts = [Int](repeating: 0, count: count)
        try runtime.check(ort_string_data(runtime.api, value, &text, length, &starts, count))
        return starts.indices.map { index in
            let end = index + 1 < count ? starts[index + 1] : length
            return Array(text[min(starts[index], end)..<end])
        }
    }
}

/// A value of the library's, given back at the end.
final class HeldValue: @unchecked Sendable {
    // Safe to share: nobody changes the value, and the library frees from any thread.
    let value: OpaquePointer
    private let api: OpaquePointer

    init(api: OpaquePointer, value: OpaquePointer) {
        self.api = api
        self.value = value
    }

    deinit { ort_release_value(api, value) }
}
