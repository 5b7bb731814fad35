/// Why a request over the network has no answer; never tells secrets of its address.
package enum TransportError: Error, Sendable, Hashable, CustomStringConvertible {
    case invalidAddress(String)
    case noConnection(Origin, String)
    /// No answer within the time limit.
    case timeout(Origin)
    /// The other side ended the connection before its answer was complete.
    case closed(Origin)
    case tooLarge(Origin, limit: Int)
    /// What came is not what the protocol allows.
    case malformed(Origin, String)

    package var description: String {
        switch self {
        case .invalidAddress(let text): "'\(text)' is no address of a server"
        case .noConnection(let origin, let reason): "no connection to \(origin): \(reason)"
        case .timeout(let origin): "no answer from \(origin) within the time limit"
        case .closed(let origin): "\(origin) closed the connection before its answer was complete"
        case .tooLarge(let origin, let limit): "the answer of \(origin) is larger than \(limit) bytes"
        case .malformed(let origin, let reason): "the answer of \(origin) cannot be understood: \(reason)"
        }
    }
}
