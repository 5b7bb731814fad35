/// How a model of ONNX Runtime is to run.
package struct ONNXModelOptions: Sendable, Hashable {
    /// Threads that one call of `infer` may use.
    package var intraOpThreads: Int
    /// How many calls of `infer` may run at the same time; they share the weights.
    package var concurrency: Int
    /// Whether requests may be run together; nil finds out by trying.
    package var batching: Bool?

    package init(
        intraOpThreads: Int = 1,
        concurrency: Int = CPULimit.current.count,
        batching: Bool? = nil
    ) {
        self.intraOpThreads = max(1, intraOpThreads)
        self.concurrency = max(1, concurrency)
        self.batching = batching
    }
}
