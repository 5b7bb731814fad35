package import Inference

/// An answer that tells what is wrong, as `{"error": "…"}`.
package struct HTTPFailure: Error, Sendable, Hashable {
    package let status: Int
    package let message: String
    /// Further header lines, such as `allow`.
    package var headers: [String: String] = [:]

    package init(_ status: Int, _ message: String, headers: [String: String] = [:]) {
        self.status = status
        self.message = message
        self.headers = headers
    }

    package init(_ error: InferenceError) {
        switch error {
        case .invalidInput: self.init(400, error.description)
        case .notFound: self.init(404, error.description)
        case .overloaded: self.init(429, error.description, headers: ["retry-after": "1"])
        case .timeout: self.init(504, error.description)
        case .unavailable: self.init(503, error.description, headers: ["retry-after": "1"])
        case .failed: self.init(500, error.description)
        case .refused(let status, let text): self.init(status, text)
        }
    }

    package init(_ problem: JSONProblem) {
        self.init(400, problem.description)
    }
}
