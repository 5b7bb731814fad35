import Inference
import NIOCore

/// A method whose calls are run together, when they come as JSON that its tensors can be read from.
final class MethodBatch: Sendable {
    let batcher: Batcher
    private let method: CallableMethod
    private let signature: ModelSignature
    /// Whether the batcher ends with this.
    private let slot: ModelSlot?

    /// A method with a queue of its own.
    init(_ method: CallableMethod, _ model: any Model, _ options: BatcherOptions) {
        self.method = method
        signature = model.signature
        let slot = ModelSlot(model)
        self.slot = slot
        batcher = Batcher(slot, options: options)
    }

    /// A method whose queue is that of the service.
    init(_ method: CallableMethod, _ model: any Model, sharing batcher: Batcher) {
        self.method = method
        signature = model.signature
        slot = nil
        self.batcher = batcher
    }

    /// Whether the queue is its own.
    var isOwner: Bool { slot != nil }

    /// The arguments as tensors; nil when the method is to judge them itself.
    func tensors(_ body: ByteBuffer) -> [NamedTensor]? {
        try? body.reading { (bytes: UnsafeRawBufferPointer) throws(JSONProblem) in
            var cursor = JSONCursor(bytes)
            let tensors = try method.isRoot ? [whole(&cursor)] : named(&cursor)
            try cursor.expectEnd()
            return tensors
        }
    }

    private func whole(_ cursor: inout JSONCursor) throws(JSONProblem) -> NamedTensor {
        guard let input = signature.onlyInput else { throw cursor.problem("the method takes several arguments") }
        return try read(input, &cursor)
    }

    private func named(_ cursor: inout JSONCursor) throws(JSONProblem) -> [NamedTensor] {
        var tensors: [NamedTensor] = []
        try cursor.object { (key: String, cursor: inout JSONCursor) throws(JSONProblem) in
            guard let input = signature.inputs.first(where: { $0.name == key }),
                !tensors.contains(where: { $0.name == key })
            else { throw cursor.problem("'\(key)' is no tensor") }
            tensors.append(try read(input, &cursor))
        }
        if tensors.count < signature.inputs.count { throw cursor.problem("an argument is missing") }
        return tensors
    }

    private func read(
        _ input: ModelSignature.Input,
        _ cursor: inout JSONCursor
    ) throws(JSONProblem) -> NamedTensor {
        let tensor = try JSONTensorReader.read(input.dataType, expected: input.rowElements, from: &cursor)
        do { try input.check(tensor) } catch { throw cursor.problem("\(error)") }
        return NamedTensor(input.name, tensor)
    }

    /// The answer as the method itself would give it.
    func response(_ values: [NamedValue]) -> HTTPResponse {
        var output = JSONOutput(ByteBuffer())
        switch method.answerForm {
        case .record: output.object(values)
        case .value where values.count == 1: output.value(values[0].value)
        case .value, .list: output.list(values)
        }
        return HTTPResponse(body: output.buffer)
    }

    func close() {
        guard let slot else { return }
        batcher.close()
        slot.close()
    }
}

extension JSONOutput {
    fileprivate mutating func list(_ values: [NamedValue]) {
        byte("[")
        for (index, output) in values.enumerated() {
            if index > 0 { byte(",") }
            value(output.value)
        }
        byte("]")
    }
}
