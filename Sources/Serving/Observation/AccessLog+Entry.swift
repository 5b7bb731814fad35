import NIOCore
import NIOHTTP1

extension AccessLog {
    /// A request and how it ended.
    struct Entry {
        let method: String
        let path: String
        let service: String?
        let status: Int
        let requestBytes: Int
        let bytes: Int
        let nanoseconds: UInt64
        let rows: Int
        let id: String
        let error: String?

        init(_ exchange: Exchange, status: Int, bytes: Int, _ nanoseconds: UInt64, id: String) {
            method = exchange.request.method.rawValue
            path = exchange.request.path
            service = exchange.service?.name
            self.status = status
            requestBytes = exchange.request.body.readableBytes
            self.bytes = bytes
            self.nanoseconds = nanoseconds
            rows = exchange.rows
            self.id = id
            error = nil
        }

        init(_ request: HTTPRequest?, _ route: Route?, _ failure: HTTPFailure, _ nanoseconds: UInt64, id: String) {
            method = request?.method.rawValue ?? ""
            path = request?.path ?? ""
            service = route?.service?.name
            status = failure.status
            requestBytes = request?.body.readableBytes ?? 0
            bytes = 0
            self.nanoseconds = nanoseconds
            rows = 0
            self.id = id
            error = failure.message
        }

        func write(to buffer: inout ByteBuffer) {
            var output = JSONOutput(buffer)
            buffer = ByteBuffer()
            output.raw("{\"time\":\"")
            Timestamp.write(Clock.wall, to: &output.buffer)
            output.raw("\",\"method\":")
            output.string(method)
            output.raw(",\"path\":")
            output.string(String(path.prefix(512)))
            if let service {
                output.raw(",\"service\":")
                output.string(service)
            }
            output.raw(",\"status\":")
            output.integer(status)
            output.raw(",\"microseconds\":")
            output.unsigned(nanoseconds / 1000)
            output.raw(",\"request_bytes\":")
            output.integer(requestBytes)
            output.raw(",\"bytes\":")
            output.integer(bytes)
            if rows > 0 {
                output.raw(",\"rows\":")
                output.integer(rows)
            }
            if let error {
                output.raw(",\"error\":")
                output.string(error)
            }
            output.raw(",\"id\":")
            output.string(id)
            output.raw("}\n")
            buffer = output.buffer
        }
    }
}
