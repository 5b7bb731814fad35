import NIOCore
import NIOHTTP1
import Transport
import Values

extension Cluster {
    /// Sends and reads an answer of JSON.
    func answer(_ call: APICall) async throws -> Value {
        let bytes = try await bytes(call)
        do throws(SyntaxError) {
            return try Value(json: bytes)
        } catch {
            throw ClusterError.malformed(server: server, "\(error)")
        }
    }

    /// Sends and reads all of the answer.
    func bytes(_ call: APICall) async throws -> [UInt8] {
        try await repeating(call) { [self] in
            let response = try await open(call)
            return Array(
                try await translating { () async throws(TransportError) in
                    try await response.collect(upTo: policy.maximumAnswer)
                }.readableBytesView
            )
        }
    }

    /// Sends and waits for the head of an answer that goes well.
    func open(_ call: APICall) async throws -> HTTPResponse {
        let credentials = try await source.credentials()
        let response = try await send(call, credentials)
        if response.status != 401 { return try await checked(response, call) }
        let fresh = try await source.credentials(insteadOf: credentials)
        guard fresh != credentials else { throw await refusal(response, call) }
        response.body.close()
        return try await checked(try await send(call, fresh), call)
    }

    private func send(_ call: APICall, _ credentials: Credentials) async throws -> HTTPResponse {
        let client = client(credentials)
        let request = try request(call, credentials)
        let response = try await translating { () async throws(TransportError) in try await client.send(request) }
        noteAnswer()
        return response
    }

    private func checked(_ response: HTTPResponse, _ call: APICall) async throws -> HTTPResponse {
        guard (200..<300).contains(response.status) else { throw await refusal(response, call) }
        if let onWarning = policy.onWarning {
            for field in response.headers["warning"] { onWarning(Self.warning(field)) }
        }
        return response
    }

    private func refusal(_ response: HTTPResponse, _ call: APICall) async -> ClusterError {
        let body = (try? await response.collect(upTo: 1 << 20)).map { Array($0.readableBytesView) } ?? []
        let seconds = response.headers.first(name: "retry-after").flatMap { Int($0) }
        return .refused(Refusal(code: response.status, body: body, action: call.action, retryAfter: seconds))
    }

    /// The text of `299 - "text"`.
    private static func warning(_ field: String) -> String {
        guard let start = field.firstIndex(of: "\""), let end = field.lastIndex(of: "\""), start < end else {
            return Printable.text(field)
        }
        let text = String(field[field.index(after: start)..<end])
        return Printable.text(text.replacing("\\\"", with: "\""))
    }

    /// Turns errors of the network into those of clusters.
    func translating<Result: Sendable>(
        _ body: @Sendable () async throws(TransportError) -> Result
    ) async throws -> Result {
        do throws(TransportError) {
            return try await body()
        } catch {
            throw translated(error)
        }
    }

    func translated(_ error: TransportError) -> any Error {
        switch error {
        case .cancelled: return CancellationError()
        case .noConnection(_, let reason): return ClusterError.unreachable(server: server, reason: reason)
        case .timeout:
            return ClusterError.unreachable(server: server, reason: "no answer within \(policy.timeout.text)")
        case .closed:
            return ClusterError.unreachable(server: server, reason: "the connection was cut")
        case .tooLarge(_, let limit):
            return ClusterError.malformed(server: server, "it is larger than \(limit) bytes")
        case .tls(_, let reason): return ClusterError.unreachable(server: server, reason: "TLS: \(reason)")
        case .malformed(_, let reason): return ClusterError.malformed(server: server, reason)
        default: return ClusterError.malformed(server: server, "\(error)")
        }
    }

    /// Does it again while the cluster is out of reach, busy or starting.
    func repeating<Result: Sendable>(
        _ call: APICall,
        _ body: @Sendable () async throws -> Result
    ) async throws -> Result {
        var backoff = Backoff(policy.patience)
        while true {
            do {
                return try await body()
            } catch let error as ClusterError {
                let isBusy = error.refusal?.cause == .tooManyRequests
                guard error.isTransient, call.isRepeatable || isBusy, isKnown,
                    let delay = backoff.delay(after: error)
                else { throw error }
                if backoff.isFirst { policy.onRetry?(error) }
                try await Task.sleep(for: delay)
            }
        }
    }
}

/// How long to wait before the next try.
struct Backoff: Sendable {
    private let patience: Duration
    private var start: ContinuousClock.Instant?
    private var tries = 0

    init(_ patience: Duration) {
        self.patience = patience
    }

    /// Whether there was only one failure.
    var isFirst: Bool { tries == 1 }

    /// Nil when there is no more patience.
    mutating func delay(after error: ClusterError) -> Duration? {
        let now = ContinuousClock.now
        let start = start ?? now
        self.start = start
        tries += 1
        // Not all at the same moment, when many have lost the same server.
        let usual = Duration.milliseconds(min(5000, 200 << min(tries - 1, 6)) * Int.random(in: 75...125) / 100)
        let delay = max(usual, .seconds(min(error.refusal?.retryAfter ?? 0, 30)))
        return now + delay - start <= patience ? delay : nil
    }

    mutating func reset() {
        start = nil
        tries = 0
    }
}

extension Duration {
    /// In whole seconds or milliseconds.
    var text: String {
        let (seconds, attoseconds) = components
        return seconds == 0 ? "\(attoseconds / 1_000_000_000_000_000) ms" : "\(seconds) s"
    }
}
