import Foundation
import Glibc

/// A TCP connection to a server of this machine, for bytes as they are.
final class RawConnection {
    private let descriptor: Int32
    private var received: [UInt8] = []

    struct Failure: Error {
        let text: String
    }

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(text: "connect: \(errno)") }
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { Glibc.close(descriptor) }

    func send(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return }
            sent += count
        }
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    /// Sends a request with a body.
    func post(_ path: String, _ body: [UInt8], headers: [String] = ["content-type: application/json"]) {
        var text = "POST \(path) HTTP/1.1\r\nhost: test\r\ncontent-length: \(body.count)\r\n"
        for header in headers { text += header + "\r\n" }
        send(Array((text + "\r\n").utf8) + body)
    }

    func post(_ path: String, _ body: String, headers: [String] = ["content-type: application/json"]) {
        post(path, Array(body.utf8), headers: headers)
    }

    func get(_ path: String, headers: [String] = []) {
        send("GET \(path) HTTP/1.1\r\nhost: test\r\n" + headers.map { $0 + "\r\n" }.joined() + "\r\n")
    }

    /// Reads one answer.
    func answer(withoutBody: Bool = false) throws -> RawAnswer {
        let end = try wait { Self.end(of: $0) }
        let head = String(decoding: received[..<end], as: UTF8.self)
        received.removeFirst(end + 4)
        var lines = head.components(separatedBy: "\r\n")
        let status = Int(lines.removeFirst().split(separator: " ")[1]) ?? 0
        var headers: [String: String] = [:]
        for line in lines {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
        }
        let length = withoutBody ? 0 : Int(headers["content-length"] ?? "0") ?? 0
        let body = try wait { $0.count >= length ? Array($0[..<length]) : nil }
        received.removeFirst(length)
        return RawAnswer(status: status, headers: headers, body: body)
    }

    /// Whether the server has closed the connection, once all was read.
    func isClosed() -> Bool {
        var byte: UInt8 = 0
        return received.isEmpty && recv(descriptor, &byte, 1, 0) <= 0
    }

    private func wait<Result>(_ body: ([UInt8]) -> Result?) throws -> Result {
        while true {
            if let result = body(received) { return result }
            var piece = [UInt8](repeating: 0, count: 65_536)
            let count = recv(descriptor, &piece, piece.count, 0)
            guard count > 0 else {
                throw Failure(text: "closed after '\(String(decoding: received.prefix(300), as: UTF8.self))'")
            }
            received += piece[..<count]
        }
    }

    private static func end(of bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        return (0...(bytes.count - 4)).first { bytes[$0..<($0 + 4)].elementsEqual([13, 10, 13, 10]) }
    }
}

struct RawAnswer {
    let status: Int
    let headers: [String: String]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
}
