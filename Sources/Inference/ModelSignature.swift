/// The inputs and outputs of a model, as its metadata tells them.
package struct ModelSignature: Sendable, Hashable {
    /// The Open Inference Protocol's word for the kind of model, such as `onnx_onnxv1`.
    package let platform: String
    /// What must be given, then what may be.
    package let inputs: [Input]
    package let outputs: [Output]
    /// How many of `inputs` must be given.
    let requiredCount: Int

    package init(platform: String, inputs: [Input], outputs: [Output]) {
        self.platform = platform
        self.inputs = inputs.filter { !$0.isOptional } + inputs.filter(\.isOptional)
        self.outputs = outputs
        requiredCount = inputs.count { !$0.isOptional }
    }

    package struct Input: Sendable, Hashable {
        package let name: String
        package let dataType: DataType
        /// The extents; nil where any will do.
        package let shape: [Int?]
        /// Whether the model has a value of its own for it.
        package let isOptional: Bool

        package init(name: String, dataType: DataType, shape: [Int?], isOptional: Bool = false) {
            self.name = name
            self.dataType = dataType
            self.shape = shape
            self.isOptional = isOptional
        }
    }

    package struct Output: Sendable, Hashable {
        package let name: String
        package let kind: Kind

        package init(name: String, kind: Kind) {
            self.name = name
            self.kind = kind
        }
    }

    package indirect enum Kind: Sendable, Hashable {
        case tensor(DataType, shape: [Int?])
        case sequence(Kind)
        case map(key: DataType, value: DataType)
    }
}
