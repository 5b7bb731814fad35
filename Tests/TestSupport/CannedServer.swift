import Foundation
import Glibc
import Synchronization

/// What a client asked of a ``CannedServer``.
package struct CannedRequest: Sendable {
    package let method: String
    /// The path with its query.
    package let path: String
    package let headers: [String: String]
    package let body: String

    package func query(_ name: String) -> String? {
        URLComponents(string: path)?.queryItems?.first { $0.name == name }?.value
    }

    package var pathAlone: String { String(path.prefix { $0 != "?" }) }
}

/// What the server does with a connection, step by step.
package enum CannedStep: Sendable {
    case send([UInt8])
    /// Ends the connection at once.
    case cut
    /// Says nothing until the client goes away.
    case hold
    /// Speaks for itself on the connection.
    case speak(@Sendable (Int32) -> Void)

    package static func text(_ text: String) -> CannedStep { .send(Array(text.utf8)) }

    package static func json(_ body: String, headers: [String] = []) -> [CannedStep] {
        json(200, body, headers: headers)
    }

    package static func json(_ status: Int, _ body: String, headers: [String] = []) -> [CannedStep] {
        let head = ["HTTP/1.1 \(status) x", "content-type: application/json", "content-length: \(body.utf8.count)"]
        return [.text((head + headers).joined(separator: "\r\n") + "\r\n\r\n" + body)]
    }

    /// The start of an answer in chunks.
    package static let stream = text("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
    package static let end = text("0\r\n\r\n")

    package static func chunk(_ text: String) -> CannedStep {
        .text(String(text.utf8.count, radix: 16) + "\r\n" + text + "\r\n")
    }
}

/// A server on the loopback interface that plays an API server.
package final class CannedServer: Sendable {
    package let port: Int
    private let descriptor: Int32
    private let answer: @Sendable (CannedRequest) -> [CannedStep]
    private let log = Mutex<[CannedRequest]>([])
    private let isStopped = Atomic<Bool>(false)

    /// Everything that was asked so far.
    package var requests: [CannedRequest] { log.withLock { $0 } }

    package init(_ answer: @escaping @Sendable (CannedRequest) -> [CannedStep]) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) + listen(descriptor, 64) + getsockname(descriptor, pointer, &length)
            }
        }
        guard code == 0 else { throw CocoaError(.fileNoSuchFile) }
        self.descriptor = descriptor
        self.answer = answer
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in accept() }
    }

    package func stop() {
        isStopped.store(true, ordering: .relaxed)
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    private func accept() {
        while true {
            let connection = Glibc.accept(descriptor, nil, nil)
            if connection < 0 { return }
            Thread.detachNewThread { [self] in
                serve(connection)
                close(connection)
            }
        }
    }

    private func serve(_ connection: Int32) {
        var buffer: [UInt8] = []
        while let request = Self.read(connection, &buffer) {
            log.withLock { $0.append(request) }
            for step in answer(request) {
                switch step {
                case .send(let bytes): if !Self.write(connection, bytes) { return }
                case .cut: return
                case .hold:
                    var byte: UInt8 = 0
                    while recv(connection, &byte, 1, 0) > 0 {}
                    return
                case .speak(let body):
                    body(connection)
                    return
                }
            }
        }
    }

    package static func write(_ connection: Int32, _ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count <= 0 { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    package static func readSome(_ connection: Int32) -> [UInt8]? {
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(connection, &piece, piece.count, 0)
        return count > 0 ? Array(piece[..<count]) : nil
    }

    private static func read(_ connection: Int32, _ buffer: inout [UInt8]) -> CannedRequest? {
        let gap = Array("\r\n\r\n".utf8)
        while true {
            if let end = buffer.firstRange(of: gap) {
                let lines = String(decoding: buffer[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
                var headers: [String: String] = [:]
                for line in lines.dropFirst() {
                    guard let colon = line.firstIndex(of: ":") else { continue }
                    let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
                    headers[line[..<colon].lowercased()] = value
                }
                let length = headers["content-length"].flatMap { Int($0) } ?? 0
                if buffer.count >= end.upperBound + length {
                    let words = lines[0].split(separator: " ")
                    let body = String(decoding: buffer[end.upperBound..<end.upperBound + length], as: UTF8.self)
                    buffer.removeSubrange(..<(end.upperBound + length))
                    return CannedRequest(method: String(words[0]), path: String(words[1]), headers: headers, body: body)
                }
            }
            guard let piece = readSome(connection) else { return nil }
            buffer += piece
        }
    }
}
