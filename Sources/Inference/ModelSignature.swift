/// The inputs and outputs of a model, as its metadata tells them.
package struct ModelSignature: Sendable, Hashable {
    /// The Open Inference Protocol's word for the kind of model, such as `onnx_onnxv1`.
    package let platform: String
    package let inputs: [Input]
    package let outputs: [Output]

    package init(platform: String, inputs: [Input], outputs: [Output]) {
        self.platform = platform
        self.inputs = inputs
        self.outputs = outputs
    }

    package struct Input: Sendable, Hashable {
        package let name: String
        package let dataType: DataType
        /// The extents; nil where any will do.
        package let shape: [Int?]

        package init(name: String, dataType: DataType, shape: [Int?]) {
            self.name = name
            self.dataType = dataType
            self.shape = shape
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
