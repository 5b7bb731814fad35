import NIOCore
import Transport
import Values

/// Follows what happens to objects, over as many connections as it takes.
///
/// https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
actor Watcher {
    private enum State {
        /// All objects are to be listed.
        case list
        /// The changes since a version are to be asked for.
        case connect(String)
        case read(String, HTTPResponseBody)
    }

    private let cluster: Cluster
    private let target: WatchTarget
    private var state = State.list
    private var splitter: LineSplitter
    private var backoff: Backoff
    private var pending: [ObjectChange] = []
    private var isLost = false
    private var connected = ContinuousClock.now

    /// The server ends a watch after so long; one that is silent for longer has lost its server.
    private static let duration = 50

    init(_ cluster: Cluster, _ target: WatchTarget) {
        self.cluster = cluster
        self.target = target
        splitter = LineSplitter(limit: cluster.policy.maximumAnswer, excess: .fails)
        backoff = Backoff(cluster.policy.patience)
    }

    /// Waits for the next change; nil never comes.
    func next() async throws -> ObjectChange {
        while pending.isEmpty {
            do {
                try await step()
            } catch let error as ClusterError {
                try await recover(error)
            }
        }
        return pending.removeFirst()
    }

    private func step() async throws {
        switch state {
        case .list:
            let list = try await cluster.list(target.kind, target.selection)
            state = .connect(list.resourceVersion)
            backoff.reset()
            found()
            pending.append(.listed(list.items))
        case .connect(let version):
            state = .read(version, try await connect(version))
            connected = .now
            found()
        case .read(let version, let body): try await read(version, body)
        }
    }

    private func connect(_ version: String) async throws -> HTTPResponseBody {
        let resource = try await cluster.resource(target.kind)
        var call = APICall(.get, cluster.path(resource, target.selection), "watch \(resource.plural)")
        call.query =
            target.selection.query + [
                ("watch", "true"), ("resourceVersion", version), ("allowWatchBookmarks", "true"),
                ("timeoutSeconds", "\(Self.duration)"),
            ]
        call.isEndless = true
        call.idleTimeout = .seconds(Int64(Self.duration) + 10)
        splitter = LineSplitter(limit: cluster.policy.maximumAnswer, excess: .fails)
        return try await cluster.open(call).body
    }

    private func read(_ version: String, _ body: HTTPResponseBody) async throws {
        while let line = splitter.take() {
            if line.allSatisfy({ $0 == 0x0D || $0 == 0x20 }) { continue }
            return try take(line, version, body)
        }
        let piece = try await cluster.translating { () async throws(TransportError) in try await body.next() }
        guard let piece else {
            state = .connect(version)
            // The usual end. One that comes at once would otherwise be asked for in a circle.
            if !wasStable { try await Task.sleep(for: .milliseconds(500)) }
            return
        }
        splitter.feed(piece.readableBytesView)
        if splitter.hasFailed {
            throw ClusterError.malformed(server: cluster.server, "an object that is too large")
        }
    }

    private func take(_ line: [UInt8], _ version: String, _ body: HTTPResponseBody) throws {
        guard let event = try? Value(json: line), let type = event["type"]?.string, let value = event["object"] else {
            throw ClusterError.malformed(server: cluster.server, "a watch with a line that is no event")
        }
        if type == "ERROR" {
            body.close()
            let refusal = Refusal(status: value, code: 500, action: "watch \(target.kind)")
            // The history is lost, or the server is in trouble of its own: all is asked for anew.
            state = .list
            if refusal.cause == .gone { return }
            throw ClusterError.unreachable(server: cluster.server, reason: "it ended a watch: \(refusal.message)")
        }
        let object = ClusterObject(value)
        state = .read(object.resourceVersion ?? version, body)
        backoff.reset()
        switch type {
        case "ADDED", "MODIFIED": pending.append(.put(object))
        case "DELETED": pending.append(.removed(object))
        default: break
        }
    }

    /// Whether the connection lasted long enough for its end to be no sign of trouble.
    private var wasStable: Bool { ContinuousClock.now - connected > .seconds(3) }

    private func found() {
        if isLost { pending.append(.resumed) }
        isLost = false
    }

    /// Takes up again what was cut off, from the last change that arrived.
    private func recover(_ error: ClusterError) async throws {
        switch state {
        case .read(let version, let body):
            body.close()
            state = .connect(version)
            if wasStable { backoff.reset() }
        case .connect where error.refusal?.cause == .gone:
            state = .list
            return
        case .connect, .list: break
        }
        guard error.isTransient, cluster.isKnown, let delay = backoff.delay(after: error)
        else { throw error }
        if !isLost { pending.append(.lost(error)) }
        isLost = true
        try await Task.sleep(for: delay)
    }
}

extension Cluster {
    /// Follows the objects of a selection: a list, and then what changes.
    ///
    /// It ends by an error only: what a try later would not change, or no answer for as long as the patience lasts.
    package func watch(
        _ kind: Kind,
        _ selection: Selection = Selection()
    ) -> AsyncThrowingStream<ObjectChange, any Error> {
        let watcher = Watcher(self, WatchTarget(kind, selection))
        return AsyncThrowingStream { try await watcher.next() }
    }

    /// Follows several selections at the same time.
    package func watch(
        _ targets: [WatchTarget]
    ) -> AsyncThrowingStream<(target: Int, change: ObjectChange), any Error> {
        AsyncThrowingStream { continuation in
            let tasks = targets.enumerated().map { index, target in
                let watcher = Watcher(self, target)
                return Task {
                    do {
                        while !Task.isCancelled { continuation.yield((index, try await watcher.next())) }
                    } catch {
                        continuation.finish(throwing: error)
                    }
                }
            }
            continuation.onTermination = { _ in
                for task in tasks { task.cancel() }
            }
        }
    }
}
