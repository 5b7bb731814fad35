import NIOCore
import NIOHTTP1

/// A request with its whole body.
struct HTTPRequest {
    let method: HTTPMethod
    /// The path without the query, as it was sent.
    let path: String
    let query: Substring
    let isKeptAlive: Bool
    let fields: HTTPFields
    var body = ByteBuffer()
    /// When its head was there, in nanoseconds of the monotonic clock.
    let start: UInt64

    init(_ head: HTTPRequestHead, start: UInt64) {
        method = head.method
        if let mark = head.uri.utf8.firstIndex(of: UInt8(ascii: "?")) {
            path = String(head.uri[..<mark])
            query = head.uri[head.uri.index(after: mark)...]
        } else {
            path = head.uri
            query = ""
        }
        isKeptAlive = head.isKeepAlive
        fields = HTTPFields(head.headers)
        self.start = start
    }
}
