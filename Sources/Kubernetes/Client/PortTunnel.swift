import NIOCore
import Synchronization
import Transport

/// A connection to a port of a pod, inside of a WebSocket.
///
/// Each message begins with its channel: 0 for data, 1 for what went wrong. The first on each tells the port.
final class PortTunnel: Sendable {
    static let subprotocol = "v4.channel.k8s.io"

    private let socket: WebSocket
    private let action: String
    private let state = Mutex(State())
    private static let pieceSize = 1 << 16

    private struct State {
        var greeted: Set<UInt8> = []
        var traffic = 0
    }

    init(_ socket: WebSocket, _ action: String) {
        self.socket = socket
        self.action = action
    }

    func send(_ piece: ByteBuffer) async throws {
        var rest = piece
        while let part = rest.readSlice(length: min(rest.readableBytes, Self.pieceSize)), part.readableBytes > 0 {
            var message = ByteBufferAllocator().buffer(capacity: part.readableBytes + 1)
            message.writeInteger(UInt8(0))
            message.writeImmutableBuffer(part)
            try await socket.send(.binary(message))
        }
        state.withLock { $0.traffic &+= 1 }
    }

    /// The next data; nil at the end.
    func next() async throws -> ByteBuffer? {
        while let message = try await socket.next() {
            guard case .binary(var bytes) = message, let channel = bytes.readInteger(as: UInt8.self) else { continue }
            let isFirst = state.withLock { state in
                state.traffic &+= 1
                return state.greeted.insert(channel).inserted
            }
            if isFirst { bytes.moveReaderIndex(forwardBy: min(2, bytes.readableBytes)) }
            if bytes.readableBytes == 0 { continue }
            switch channel {
            case 0: return bytes
            case 1: throw problem(String(decoding: bytes.readableBytesView.prefix(2000), as: UTF8.self))
            default: continue
            }
        }
        return nil
    }

    private func problem(_ text: String) -> ClusterError {
        let isRefused = text.contains("refused")
        let words = isRefused ? "nothing listens on this port in the pod" : text
        let refusal = Refusal(code: 502, body: Array(words.utf8), action: action)
        return .refused(refusal)
    }

    /// Waits until nothing has come or gone for half a minute.
    func waitUntilIdle() async throws {
        var before = -1
        while true {
            let now = state.withLock { $0.traffic }
            if now == before { return }
            before = now
            try await Task.sleep(for: .seconds(30))
        }
    }

    func close() async { await socket.close() }
}
