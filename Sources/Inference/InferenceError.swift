/// Why a request to a model has no answer.
package enum InferenceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The caller's fault: names, types, shapes or values that the model cannot take.
    case invalidInput(String)
    /// No such model or version.
    case notFound(String)
    /// More requests wait than may.
    case overloaded
    /// No answer within the time given.
    case timeout
    /// The model is not loaded, or its worker has ended.
    case unavailable(String)
    /// The model itself failed.
    case failed(String)
    /// The model's own code says no, with a status of HTTP from 400 to 599.
    case refused(status: Int, String)

    package var description: String {
        switch self {
        case .invalidInput(let text), .notFound(let text), .unavailable(let text), .failed(let text),
            .refused(_, let text):
            text
        case .overloaded: "too many requests are waiting"
        case .timeout: "no answer within the time limit"
        }
    }
}
