package import Inference

/// A model with a name that requests can be sent to.
package final class Service: Sendable {
    package let name: String
    package let version: String
    package let model: any Model
    let statistics = ServiceStatistics()

    package init(name: String, version: String = "1", model: any Model) {
        self.name = name
        self.version = version
        self.model = model
    }

    package var signature: ModelSignature { model.signature }
    package var isReady: Bool { true }
}
