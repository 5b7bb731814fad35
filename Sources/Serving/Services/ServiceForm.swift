package import Inference

/// What a service does between its clients and its model.
package struct ServiceForm: Sendable {
    /// How fields of a request become tensors; without any, requests have tensors.
    package var inputs: [InputTransform]
    /// How answers become predictions; nil when they are the model's tensors.
    package var output: OutputTransform?

    package init(inputs: [InputTransform] = [], output: OutputTransform? = nil) {
        self.inputs = inputs
        self.output = output
    }

    /// The field that is the whole body when a client sends just a file.
    var image: (transform: ImageTransform, field: InputTransform)? {
        for input in inputs {
            if case .image(let transform) = input.kind { return (transform, input) }
        }
        return nil
    }
}
