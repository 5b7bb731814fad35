import NIOCore
import Synchronization

/// Connections that wait to be used again.
final class ConnectionPool: Sendable {
    /// Connections that show a client's certificate are for others than those that do not.
    struct Key: Hashable, Sendable {
        let origin: Origin
        let showsCertificate: Bool
    }

    private struct Waiting {
        let connection: HTTPConnection
        let since: NIODeadline
    }

    private let waiting = Mutex<[Key: [Waiting]]>([:])

    /// Servers close what is idle for long; a little before that it is no longer used.
    private static let maximumAge = TimeAmount.seconds(20)
    private static let maximumCount = 16

    /// An open connection that waits, the one used last.
    func take(_ key: Key) -> HTTPConnection? {
        waiting.withLock { waiting in
            while let last = waiting[key]?.popLast() {
                if last.connection.isOpen, last.since + Self.maximumAge > .now() { return last.connection }
                last.connection.close()
            }
            return nil
        }
    }

    func give(_ connection: HTTPConnection, _ key: Key) {
        let surplus = waiting.withLock { waiting -> HTTPConnection? in
            waiting[key, default: []].append(Waiting(connection: connection, since: .now()))
            guard let all = waiting[key], all.count > Self.maximumCount else { return nil }
            return waiting[key]?.removeFirst().connection
        }
        surplus?.close()
    }

    func closeAll() {
        let all = waiting.withLock { waiting in
            defer { waiting = [:] }
            return waiting.values.flatMap { $0.map(\.connection) }
        }
        for connection in all { connection.close() }
    }
}
