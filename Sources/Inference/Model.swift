/// A loaded model that answers requests: ONNX in this process, or a Python worker.
package protocol Model: AnyObject, Sendable {
    var signature: ModelSignature { get }

    /// How many calls of `infer` may run at the same time.
    var concurrency: Int { get }

    /// Whether requests along the first dimension of all inputs may be run together.
    var isBatchable: Bool { get }

    /// Whether `infer` does its work here, so that it waits for nobody else.
    var isInProcess: Bool { get }

    /// Computes the named outputs (all when empty) of inputs given by name in any order.
    ///
    /// Blocks the calling thread. Checks names, types and shapes against the signature.
    func infer(_ inputs: [NamedTensor], outputs: [String], deadline: Deadline?) throws(InferenceError) -> [NamedValue]

    /// Frees what the model holds; no call of `infer` may be running or follow.
    func close()
}

extension Model {
    package var isInProcess: Bool { false }
}

/// A moment by which an answer is needed.
package struct Deadline: Sendable, Hashable {
    package let instant: ContinuousClock.Instant

    package init(_ instant: ContinuousClock.Instant) {
        self.instant = instant
    }

    package var hasPassed: Bool { ContinuousClock.now >= instant }
}
