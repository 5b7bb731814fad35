/// What a model answers for one output: a tensor, or one of ONNX's containers.
package indirect enum ModelValue: Sendable {
    case tensor(Tensor)
    case sequence([ModelValue])
    /// Keys (INT64 or BYTES) and values of equal count, as scikit-learn's ZipMap makes them.
    case map(keys: Tensor, values: Tensor)
}

/// An answer with the name of its output.
package struct NamedValue: Sendable {
    package let name: String
    package let value: ModelValue

    package init(_ name: String, _ value: ModelValue) {
        self.name = name
        self.value = value
    }
}
