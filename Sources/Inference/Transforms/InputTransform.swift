/// How one field of a request becomes an input of a model, or several.
package struct InputTransform: Sendable, Hashable {
    /// The two kinds of input that are not tensors already.
    package enum Kind: Sendable, Hashable {
        case image(ImageTransform)
        case columns(ColumnTransform)
    }

    /// The field of the request.
    package let name: String
    /// The model's input, when it is not named as the field.
    package let tensor: String?
    package let kind: Kind

    package init(name: String, tensor: String? = nil, kind: Kind) {
        self.name = name
        self.tensor = tensor
        self.kind = kind
    }

    /// The name of the model's input: as described, or the same as the field's, or the only one there is.
    package func tensorName(in signature: ModelSignature) throws(InferenceError) -> String {
        let names = signature.inputs.map(\.name)
        if let tensor {
            guard names.contains(tensor) else { throw missing(tensor, among: names) }
            return tensor
        }
        if names.contains(name) { return name }
        guard names.count == 1 else { throw missing(name, among: names) }
        return names[0]
    }

    private func missing(_ tensor: String, among names: [String]) -> InferenceError {
        .invalidInput("the model has no input '\(tensor)'; its inputs are \(names.joined(separator: ", "))")
    }
}
