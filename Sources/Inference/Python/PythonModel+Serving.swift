extension PythonModel {
    /// The model for a server of tensors, whose end is that of the workers; it has no inputs when no method takes tensors only.
    package var served: any Model { ServedPythonModel(self) }
}

/// The tensor role of a Python model together with its workers.
private final class ServedPythonModel: Model {
    private let owner: PythonModel
    private let tensors: (any Model)?

    init(_ owner: PythonModel) {
        self.owner = owner
        tensors = owner.tensorModel()
    }

    var signature: ModelSignature {
        tensors?.signature ?? ModelSignature(platform: "python", inputs: [], outputs: [])
    }

    var concurrency: Int { owner.concurrency }
    var isBatchable: Bool { tensors?.isBatchable ?? false }

    func infer(
        _ inputs: [NamedTensor],
        outputs: [String],
        deadline: Deadline?
    ) throws(InferenceError) -> [NamedValue] {
        guard let tensors else { throw .invalidInput("the model has no method of tensors; call its methods by POST") }
        return try tensors.infer(inputs, outputs: outputs, deadline: deadline)
    }

    func close() { owner.close() }
}
