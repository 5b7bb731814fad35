import Foundation
import TestSupport

@testable import Transport

/// Plays the side of a WebSocket that an API server has.
struct FakeTunnel: Sendable {
    let connection: Int32

    /// Accepts the change to WebSocket.
    static func accept(_ request: CannedRequest, _ body: @escaping @Sendable (FakeTunnel) -> Void) -> [CannedStep] {
        let key = (request.headers["sec-websocket-key"] ?? "") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        let proof = Data(SHA1.hash(Array(key.utf8))).base64EncodedString()
        let head = [
            "HTTP/1.1 101 Switching Protocols", "upgrade: websocket", "connection: upgrade",
            "sec-websocket-accept: \(proof)",
            "sec-websocket-protocol: \(request.headers["sec-websocket-protocol"] ?? "")",
        ]
        return [
            .text(head.joined(separator: "\r\n") + "\r\n\r\n"),
            .speak { body(FakeTunnel(connection: $0)) },
        ]
    }

    @discardableResult
    func send(_ channel: UInt8, _ bytes: [UInt8], opcode: UInt8 = 2) -> Bool {
        let payload = opcode == 2 ? [channel] + bytes : bytes
        var frame = [0x80 | opcode]
        if payload.count < 126 {
            frame.append(UInt8(payload.count))
        } else {
            frame += [127] + (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (56 - 8 * $0)) }
        }
        return CannedServer.write(connection, frame + payload)
    }

    /// What a server says first, on both channels.
    func greet(_ port: Int) {
        for channel: UInt8 in [0, 1] { send(channel, [UInt8(port & 255), UInt8(port >> 8)]) }
    }

    func close() { send(0, [0x03, 0xE8], opcode: 8) }

    /// Gives the data of each message to `body`, until the client closes.
    func read(_ body: ([UInt8]) -> Void) {
        var buffer: [UInt8] = []
        while let piece = CannedServer.readSome(connection) {
            buffer += piece
            while let (opcode, payload) = Self.frame(&buffer) {
                if opcode == 8 { return }
                if opcode == 2 { body(Array(payload.dropFirst())) }
            }
        }
    }

    private static func frame(_ buffer: inout [UInt8]) -> (UInt8, [UInt8])? {
        guard buffer.count >= 2 else { return nil }
        var length = Int(buffer[1] & 0x7F)
        var start = 2
        let extra = length == 126 ? 2 : length == 127 ? 8 : 0
        guard buffer.count >= start + extra + 4 else { return nil }
        if extra > 0 { length = buffer[2..<2 + extra].reduce(0) { $0 << 8 | Int($1) } }
        start += extra
        let mask = Array(buffer[start..<start + 4])
        guard buffer.count >= start + 4 + length else { return nil }
        let payload = (0..<length).map { buffer[start + 4 + $0] ^ mask[$0 % 4] }
        let opcode = buffer[0] & 0x0F
        buffer.removeSubrange(..<(start + 4 + length))
        return (opcode, payload)
    }
}
