import NIOCore
import Values

/// A request to an API server.
struct APICall: Sendable {
    enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    var method: Method
    var path: String
    var query: [(name: String, value: String)] = []
    var body: Value?
    var contentType = "application/json"
    var accept = "application/json"
    /// What an error says was to be done: `get Deployment 'web'`.
    var action: String
    /// Whether nothing is different when it is done twice.
    var isRepeatable = true
    /// Whether the answer goes on until one side ends it.
    var isEndless = false
    /// How long nothing may come.
    var idleTimeout: TimeAmount?

    init(_ method: Method, _ path: String, _ action: String) {
        self.method = method
        self.path = path
        self.action = action
    }
}
