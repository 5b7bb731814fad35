import Inference

/// A prediction on its way to the log.
///
/// Filled on the event loop of its request, then read by the log's thread; it holds what the model was given and gave,
/// not copies.
final class PredictionRecord: @unchecked Sendable {
    // Safe to share: who fills it lets go of it when it is given to the log.

    /// What went into a model, or came out of it.
    enum Content<Item: Sendable>: Sendable {
        case nothing
        case tensors([Item])
        /// The body of a call to a method of Python.
        case body([UInt8], type: String)
        case parts([CallArguments.Part])
    }

    let service: String
    var version: String
    /// The route of HTTP or the method of gRPC.
    let route: String
    /// The method of a Python class.
    var method: String?
    var id = ""
    var inputs = Content<NamedTensor>.nothing
    var outputs = Content<NamedValue>.nothing
    /// What makes predictions of the outputs.
    var transform: OutputTransform?
    var error: String?
    var status = 0
    var nanoseconds: UInt64 = 0
    /// Nanoseconds since 1970, once the log has it.
    var time: UInt64 = 0

    init(service: String, version: String, route: String) {
        self.service = service
        self.version = version
        self.route = route
    }

    convenience init(_ service: Service, _ route: StaticString) {
        self.init(service: service.name, version: service.version, route: "\(route)")
    }

    /// What it keeps in memory, about.
    var byteCount: Int {
        var count = 256
        switch inputs {
        case .nothing: break
        case .tensors(let tensors): for input in tensors { count += BinaryTensor.size(of: input.tensor) }
        case .body(let bytes, _): count += bytes.count
        case .parts(let parts): for part in parts { count += part.bytes.count }
        }
        switch outputs {
        case .tensors(let values): for output in values { count += output.value.byteCount }
        case .body(let bytes, _): count += bytes.count
        case .nothing, .parts: break
        }
        return count
    }
}

extension ModelValue {
    /// The bytes of the elements.
    var byteCount: Int {
        switch self {
        case .tensor(let tensor): BinaryTensor.size(of: tensor)
        case .map(let keys, let values): BinaryTensor.size(of: keys) + BinaryTensor.size(of: values)
        case .sequence(let elements): elements.reduce(0) { $0 + $1.byteCount }
        }
    }
}
