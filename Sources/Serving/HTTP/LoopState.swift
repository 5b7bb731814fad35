import Glibc
import Inference
import NIOCore
import NIOHTTP1

/// What the connections of one event loop share; used on that loop only.
final class LoopState {
    private var connections: [ObjectIdentifier: HTTPConnection] = [:]
    /// Requests that are being answered.
    var inFlight = 0
    /// Whether connections are to end with their present request.
    var isEnding = false
    /// Requests that were queued in this round, and the batchers that have them.
    var fresh: [(Exchange, BatchTicket)] = []
    var waiting: [Batcher] = []
    var isRunScheduled = false
    let shard: MetricsShard
    /// What is served, at hand without a lock.
    var routes: RouteTable
    /// Counts the requests that succeed, for the sampling of the log.
    var logCounter = 0
    var predictionCounter = 0
    private var buffer = ByteBuffer()
    private var date: [UInt8] = []
    private var dateSecond: time_t = 0
    private var nextRequest = UInt64.random(in: .min ... .max)

    init(_ shard: MetricsShard, _ routes: RouteTable) {
        self.shard = shard
        self.routes = routes
    }

    var connectionCount: Int { connections.count }

    func add(_ connection: HTTPConnection) { connections[ObjectIdentifier(connection)] = connection }
    func remove(_ connection: HTTPConnection) { connections[ObjectIdentifier(connection)] = nil }

    /// Ends what takes too long.
    func sweep() {
        let now = Clock.now
        for connection in connections.values where connection.deadline <= now { connection.expire() }
    }

    /// From now on connections end with their present request; those without one end soon.
    ///
    /// The sockets are looked at a few times more before, as a request may have come that was not read yet.
    func end(on loop: any EventLoop, rounds: Int = 20) {
        isEnding = true
        if rounds > 0, !connections.isEmpty {
            loop.assumeIsolated().scheduleTask(in: .milliseconds(10)) { self.end(on: loop, rounds: rounds - 1) }
            return
        }
        for connection in connections.values {
            if case .idle = connection.state { connection.close() }
        }
    }

    /// Ends all connections at once.
    func abort() {
        for connection in connections.values { connection.context?.close(promise: nil) }
    }

    /// The head of an answer as bytes.
    func head(_ response: HTTPResponse, _ request: HTTPRequest?, isLast: Bool, _ server: ServerCore) -> ByteBuffer {
        buffer.clear(minimumCapacity: 512)
        if let line = HTTPResponse.statusLine(response.status) {
            buffer.writeStaticString(line)
        } else {
            buffer.writeString("HTTP/1.1 \(response.status) \r\n")
        }
        if response.status != 204 {
            buffer.writeStaticString("content-type: ")
            buffer.writeStaticString(response.contentType)
            buffer.writeStaticString("\r\ncontent-length: ")
            let length = UInt64(response.body.readableBytes)
            buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: 20) { JSONDigits.write(length, to: $0, at: 0) }
            buffer.writeStaticString("\r\n")
        }
        buffer.writeBytes(currentDate())
        buffer.writeStaticString("server: apus\r\nx-request-id: ")
        if let given = request?.fields.requestID, HTTPRequest.isAcceptable(id: given) {
            buffer.writeString(given)
        } else {
            nextRequest &+= 0x9E37_79B9_7F4A_7C15
            writeHexadecimal(nextRequest)
        }
        for (name, value) in response.headers {
            buffer.writeStaticString("\r\n")
            buffer.writeString(name)
            buffer.writeStaticString(": ")
            buffer.writeString(value)
        }
        if isLast {
            buffer.writeStaticString("\r\nconnection: close")
        }
        buffer.writeStaticString("\r\n\r\n")
        return buffer
    }

    /// The id that the last answer was sent with.
    func requestID(_ request: HTTPRequest) -> String {
        if HTTPRequest.isAcceptable(id: request.fields.requestID) { return request.fields.requestID }
        let digits = String(nextRequest, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    private func writeHexadecimal(_ number: UInt64) {
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: 16) { target in
            for index in 0..<16 {
                let digit = UInt8(truncatingIfNeeded: number >> (60 - 4 * UInt64(index)) & 0xF)
                target[index] = digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
            }
            return 16
        }
    }

    /// The line of the `date` field, made once a second.
    private func currentDate() -> [UInt8] {
        var now = time(nil)
        if now == dateSecond { return date }
        dateSecond = now
        var parts = tm()
        gmtime_r(&now, &parts)
        date = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { text in
            guard let start = text.baseAddress else { return [] }
            // The locale is never set, so the names are English.
            let count = strftime(start, 64, "date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts)
            return text[..<count].map { UInt8(bitPattern: $0) }
        }
        return date
    }
}

extension HTTPRequest {
    /// Whether a client's request id can be repeated in headers and logs.
    static func isAcceptable(id: String) -> Bool {
        !id.isEmpty && id.utf8.count <= 128
            && id.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    }
}

extension HTTPConnection {
    /// The present state has lasted too long.
    func expire() {
        switch state {
        case .reading: refuse(HTTPFailure(408, "the request took too long to arrive"))
        case .idle, .discarding, .closed: context?.close(promise: nil)
        case .answering: deadline = .max
        }
    }
}
