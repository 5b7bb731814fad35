package import Inference
package import NIOCore

/// What the servers answer from: models by name and version.
package protocol InferenceProvider: Sendable {
    /// The name and version that a client is told of the server.
    var serverName: String { get }
    var serverVersion: String { get }

    /// Whether requests to all models can be answered now.
    var isReady: Bool { get }

    /// The models in the order that they are listed in.
    var models: [ModelInfo] { get }

    /// Finds a model; its default version when none is named.
    func model(named name: String, version: String?) throws(InferenceError) -> ModelInfo

    /// What is known of the requests of a model; nil where nothing is counted.
    func statistics(of model: ModelInfo) -> ModelStatistics?

    /// Starts a request and calls `completion` on the event loop that it is called from, possibly before it returns.
    ///
    /// What it returns takes the request back if it still waits.
    func infer(
        _ request: ProviderRequest,
        on eventLoop: any EventLoop,
        completion: @escaping @Sendable (Result<ProviderResponse, InferenceError>) -> Void
    ) -> any InferenceCall
}

/// A request under way.
package protocol InferenceCall: Sendable {
    /// Nobody wants the answer any more: a request that waits is not run, and its completion may never be called.
    func cancel()
}

/// What is asked of a model.
package struct ProviderRequest: Sendable {
    package let model: String
    /// The default version when nil.
    package let version: String?
    package let inputs: [NamedTensor]
    /// The outputs wanted, in this order; all when empty.
    package let outputs: [String]
    package let deadline: Deadline?

    package init(
        model: String,
        version: String? = nil,
        inputs: [NamedTensor],
        outputs: [String] = [],
        deadline: Deadline? = nil
    ) {
        self.model = model
        self.version = version
        self.inputs = inputs
        self.outputs = outputs
        self.deadline = deadline
    }
}

/// What a model answered, and which version of it.
package struct ProviderResponse: Sendable {
    package let model: String
    package let version: String
    package let outputs: [NamedValue]

    package init(model: String, version: String, outputs: [NamedValue]) {
        self.model = model
        self.version = version
        self.outputs = outputs
    }
}

extension InferenceProvider {
    package func statistics(of model: ModelInfo) -> ModelStatistics? { nil }
}
