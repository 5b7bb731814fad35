package import NIOCore
package import NIOHTTP1

/// A request of HTTP/1.1 as a client makes it.
package struct ClientRequest: Sendable {
    package var method: HTTPMethod
    /// The path with its query.
    package var path: String
    /// Without `host` and `content-length`, which are set in sending.
    package var headers: HTTPHeaders
    package var body: ByteBuffer?

    package init(_ method: HTTPMethod = .GET, _ path: String, headers: HTTPHeaders = [:], body: ByteBuffer? = nil) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
    }
}

/// What a server answered, whole.
package struct ClientResponse: Sendable {
    package let status: Int
    package let headers: HTTPHeaders
    package let body: ByteBuffer

    package init(status: Int, headers: HTTPHeaders, body: ByteBuffer) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// How a call of gRPC ended.
package struct CallOutcome: Sendable {
    /// 0 is success; https://grpc.github.io/grpc/core/md_doc_statuscodes.html
    package let status: Int
    package let text: String
    /// The message, when there is one.
    package let message: ByteBuffer
}
