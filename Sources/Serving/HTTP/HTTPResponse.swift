import NIOCore
import Values

/// An answer.
struct HTTPResponse {
    var status = 200
    var contentType: StaticString = "application/json"
    var headers: [(String, String)] = []
    var body = ByteBuffer()

    init(status: Int = 200, contentType: StaticString = "application/json", body: ByteBuffer = ByteBuffer()) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    init(_ value: Value, status: Int = 200) {
        self.init(status: status, body: ByteBuffer(string: value.json(ensureASCII: false)))
    }

    init(text: String, contentType: StaticString = "text/plain; charset=utf-8") {
        self.init(contentType: contentType, body: ByteBuffer(string: text))
    }

    init(_ failure: HTTPFailure) {
        var output = JSONOutput(ByteBuffer())
        output.raw("{\"error\":")
        output.string(failure.message)
        output.raw("}")
        self.init(status: failure.status, body: output.buffer)
        headers = failure.headers.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The status line; nil for a status that only a model's own code gives.
    static func statusLine(_ status: Int) -> StaticString? {
        switch status {
        case 200: "HTTP/1.1 200 OK\r\n"
        case 204: "HTTP/1.1 204 No Content\r\n"
        case 400: "HTTP/1.1 400 Bad Request\r\n"
        case 401: "HTTP/1.1 401 Unauthorized\r\n"
        case 403: "HTTP/1.1 403 Forbidden\r\n"
        case 404: "HTTP/1.1 404 Not Found\r\n"
        case 405: "HTTP/1.1 405 Method Not Allowed\r\n"
        case 408: "HTTP/1.1 408 Request Timeout\r\n"
        case 411: "HTTP/1.1 411 Length Required\r\n"
        case 413: "HTTP/1.1 413 Content Too Large\r\n"
        case 415: "HTTP/1.1 415 Unsupported Media Type\r\n"
        case 422: "HTTP/1.1 422 Unprocessable Content\r\n"
        case 429: "HTTP/1.1 429 Too Many Requests\r\n"
        case 431: "HTTP/1.1 431 Request Header Fields Too Large\r\n"
        case 499: "HTTP/1.1 499 Client Closed Request\r\n"
        case 501: "HTTP/1.1 501 Not Implemented\r\n"
        case 503: "HTTP/1.1 503 Service Unavailable\r\n"
        case 504: "HTTP/1.1 504 Gateway Timeout\r\n"
        case 500: "HTTP/1.1 500 Internal Server Error\r\n"
        default: nil
        }
    }
}
