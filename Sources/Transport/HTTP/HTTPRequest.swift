package import NIOCore
package import NIOHTTP1

/// A request to an address.
package struct HTTPRequest: Sendable {
    package var method: HTTPMethod
    package var address: WebAddress
    /// Without `host` and `content-length`, which are set in sending.
    package var headers: HTTPHeaders
    package var body: HTTPBody?
    package var retry = RetryPolicy.none
    /// Whether it may be sent twice; only such requests are tried again.
    package var isRepeatable: Bool
    /// How long no byte may come or go; nil for as long as the server likes.
    package var idleTimeout: TimeAmount? = .seconds(60)
    /// From sending to the end of the answer.
    package var totalTimeout: TimeAmount?
    /// Whether the body waits up to a second for the server's word that it will be read.
    package var expectsContinue = false

    package init(
        _ method: HTTPMethod = .GET,
        _ address: WebAddress,
        headers: HTTPHeaders = [:],
        body: HTTPBody? = nil
    ) {
        self.method = method
        self.address = address
        self.headers = headers
        self.body = body
        isRepeatable = [.GET, .HEAD, .PUT, .DELETE, .OPTIONS].contains(method)
    }
}

/// What a request carries.
package enum HTTPBody: Sendable {
    case bytes(ByteBuffer)
    /// A part of a file, sent piece by piece.
    case file(String, offset: Int, length: Int)

    var length: Int {
        switch self {
        case .bytes(let bytes): bytes.readableBytes
        case .file(_, _, let length): length
        }
    }
}
