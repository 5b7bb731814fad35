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
    /// The connection is not safe: a certificate that is not trusted, or another server's.
    case tls(Origin, String)
    /// Where a server sends to is not followed, and why.
    case redirect(Origin, String)
    /// A change of protocol that a server did not make, with the start of what it said.
    case refused(Origin, status: Int, String)
    /// The task was cancelled.
    case cancelled(Origin)
    /// The file of a request's body.
    case unreadable(String)

    /// The server that it is about.
    package var origin: Origin? {
        switch self {
        case .invalidAddress, .unreadable: nil
        case .noConnection(let origin, _), .timeout(let origin), .closed(let origin), .tooLarge(let origin, _),
            .malformed(let origin, _), .tls(let origin, _), .redirect(let origin, _), .refused(let origin, _, _),
            .cancelled(let origin):
            origin
        }
    }

    package var description: String {
        switch self {
        case .invalidAddress(let text): "'\(text)' is no address of a server"
        case .noConnection(let origin, let reason): "no connection to \(origin): \(reason)"
        case .timeout(let origin): "no answer from \(origin) within the time limit"
        case .closed(let origin): "\(origin) closed the connection before its answer was complete"
        case .tooLarge(let origin, let limit): "the answer of \(origin) is larger than \(limit) bytes"
        case .malformed(let origin, let reason): "the answer of \(origin) cannot be understood: \(reason)"
        case .tls(let origin, let reason): "no safe connection to \(origin): \(reason)"
        case .redirect(let origin, let reason): "\(origin) sends to another address, which is not followed: \(reason)"
        case .refused(let origin, let status, let text):
            "\(origin) refused with HTTP status \(status)" + (text.isEmpty ? "" : ": \(text)")
        case .cancelled(let origin): "the request to \(origin) was cancelled"
        case .unreadable(let reason): reason
        }
    }
}
