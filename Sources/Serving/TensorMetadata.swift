package import Inference

/// A tensor as a model's metadata tells it.
package struct TensorMetadata: Sendable, Hashable {
    package let name: String
    package let dataType: DataType
    /// The extents; nil where any will do.
    package let shape: [Int?]

    package init(_ name: String, _ dataType: DataType, _ shape: [Int?]) {
        self.name = name
        self.dataType = dataType
        self.shape = shape
    }

    init(_ input: ModelSignature.Input) {
        self.init(input.name, input.dataType, input.shape)
    }

    /// The tensors that an output is in the protocol; see `[NamedValue].tensors`.
    static func tensors(of output: ModelSignature.Output) -> [TensorMetadata] {
        switch output.kind {
        case .tensor(let type, let shape): [TensorMetadata(output.name, type, shape)]
        case .map(let key, let value):
            [TensorMetadata(output.name, value, [nil]), TensorMetadata(output.name + ".labels", key, [nil])]
        case .sequence(.map(let key, let value)):
            [TensorMetadata(output.name, value, [nil, nil]), TensorMetadata(output.name + ".labels", key, [nil])]
        case .sequence: []
        }
    }
}
