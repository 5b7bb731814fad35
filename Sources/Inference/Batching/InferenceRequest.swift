/// A question to a model: inputs by name, the outputs wanted (all when empty) and until when.
package struct InferenceRequest: Sendable {
    package var inputs: [NamedTensor]
    package var outputs: [String]
    package var deadline: Deadline?

    package init(inputs: [NamedTensor], outputs: [String] = [], deadline: Deadline? = nil) {
        self.inputs = inputs
        self.outputs = outputs
        self.deadline = deadline
    }
}
