import CONNXRuntime

extension ONNXModel {
    package func infer(
        _ inputs: [NamedTensor],
        outputs: [String] = [],
        deadline: Deadline? = nil
    ) throws(InferenceError) -> [NamedValue] {
        if let deadline, deadline.hasPassed { throw .timeout }
        guard let session else { throw .unavailable("the model is closed") }
        let inputs = try signature.arranged(inputs, outputs: outputs)
        let outputCount = outputs.isEmpty ? outputNames.count : outputs.count
        let count = inputs.count + outputCount
        let ending = deadline.flatMap { limiter.begin(until: $0) }
        let result: Result<[NamedValue], InferenceError> = withUnsafeTemporaryAllocation(
            of: OpaquePointer?.self,
            capacity: count
        ) { values in
            withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count) { names in
                values.initialize(repeating: nil)
                defer {
                    for value in values where value != nil { ort_release_value(runtime.api, value) }
                }
                do throws(InferenceError) {
                    return .success(try run(session, ending, inputs, outputs, values: values, names: names))
                } catch {
                    return .failure(error)
                }
            }
        }
        if let ending, limiter.finish(ending), case .failure = result { throw .timeout }
        return try result.get()
    }

    /// Makes the inputs' values, runs the session and takes the outputs over; what stays in `values` is the caller's.
    private func run(
        _ session: OpaquePointer,
        _ ending: RunLimiter.Place?,
        _ inputs: [NamedTensor],
        _ outputs: [String],
        values: UnsafeMutableBufferPointer<OpaquePointer?>,
        names: UnsafeMutableBufferPointer<UnsafePointer<CChar>?>
    ) throws(InferenceError) -> [NamedValue] {
        let inputCount = inputs.count
        let outputCount = values.count - inputCount
        guard var value = values.baseAddress, var name = names.baseAddress else { return [] }
        let isComplete = inputCount == inputNames.count
        for index in inputs.indices {
            value[index] = try self.value(of: inputs[index].tensor)
            name[index] = UnsafePointer(isComplete ? inputNames[index] : inputName(inputs[index].name))
        }
        let (firstInput, firstName) = (value, name)
        value += inputCount
        name += inputCount
        for index in 0..<outputCount { name[index] = UnsafePointer(outputNames[place(index, outputs)]) }
        try runtime.check(
            ort_run(
                runtime.api,
                session,
                ending?.options,
                firstName,
                firstInput,
                inputCount,
                name,
                outputCount,
                value
            )
        )
        var answers: [NamedValue] = []
        answers.reserveCapacity(outputCount)
        for index in 0..<outputCount {
            guard let made = value[index] else { throw .failed("the model gave no value for an output") }
            value[index] = nil
            let held = HeldValue(api: runtime.api, value: made)
            let output = signature.outputs[place(index, outputs)]
            answers.append(NamedValue(output.name, try answer(held, output.kind)))
        }
        return answers
    }

    private func inputName(_ name: String) -> UnsafeMutablePointer<CChar>? {
        signature.inputs.firstIndex { $0.name == name }.map { inputNames[$0] }
    }

    /// Where the signature has the output that was asked for at `index`.
    private func place(_ index: Int, _ outputs: [String]) -> Int {
        outputs.isEmpty ? index : signature.outputIndex(outputs[index]) ?? 0
    }

    /// A value for the library, over the tensor's own memory unless it is of strings.
    private func value(of tensor: Tensor) throws(InferenceError) -> OpaquePointer? {
        var value: OpaquePointer?
        let status = tensor.shape.withUnsafeBufferPointer { shape in
            shape.withMemoryRebound(to: Int64.self) { extents in
                switch tensor.content {
                case .numbers(let memory):
                    ort_wrap_tensor(
                        runtime.api,
                        runtime.memory,
                        memory.bytes.baseAddress,
                        tensor.byteCount,
                        extents.baseAddress,
                        extents.count,
                        tensor.dataType.onnx,
                        &value
                    )
                case .strings:
                    ort_create_tensor(
                        runtime.api,
                        runtime.allocator,
                        extents.baseAddress,
                        extents.count,
                        tensor.dataType.onnx,
                        &value
                    )
                }
            }
        }
        try runtime.check(status)
        if case .strings(let strings) = tensor.content { try fill(value, with: strings) }
        return value
    }

    private func fill(_ value: OpaquePointer?, with strings: [[UInt8]]) throws(InferenceError) {
        for (index, string) in strings.enumerated() {
            var buffer: UnsafeMutablePointer<CChar>?
            if let status = ort_string_buffer(runtime.api, value, index, string.count, &buffer) {
                ort_release_value(runtime.api, value)
                throw ONNXRuntime.error(status, runtime.api)
            }
            guard let buffer else { continue }
            UnsafeMutableRawBufferPointer(start: buffer, count: string.count).copyBytes(from: string)
        }
    }
}
