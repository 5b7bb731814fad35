import NIOCore
import Transport

/// Which part of a log is meant.
package struct LogOptions: Sendable, Hashable {
    /// Nil where the pod has one container.
    package var container: String?
    /// Goes on until the container ends.
    package var follow = false
    /// Of the container before the last restart.
    package var previous = false
    package var timestamps = false
    /// The number of lines from the end.
    package var tail: Int?
    package var sinceSeconds: Int?
    /// The second from which on, as RFC 3339 has it.
    package var sinceTime: String?
    package var limitBytes: Int?

    package init() {}

    var query: [(name: String, value: String)] {
        var query: [(name: String, value: String)] = []
        if let container { query.append(("container", container)) }
        if follow { query.append(("follow", "true")) }
        if previous { query.append(("previous", "true")) }
        if timestamps { query.append(("timestamps", "true")) }
        if let tail { query.append(("tailLines", "\(max(0, tail))")) }
        if let sinceSeconds { query.append(("sinceSeconds", "\(max(1, sinceSeconds))")) }
        if let sinceTime { query.append(("sinceTime", sinceTime)) }
        if let limitBytes { query.append(("limitBytes", "\(max(1, limitBytes))")) }
        return query
    }
}

/// Reads a log line by line.
actor LogReader {
    private let cluster: Cluster
    private let pod: String
    private let namespace: String
    private let options: LogOptions
    private var body: HTTPResponseBody?
    private var splitter = LineSplitter(limit: 1 << 20, excess: .isDropped)
    private var isAtEnd = false
    /// What is behind the last end of a line, once the answer has ended; only when it is kept.
    private(set) var rest: String?
    private let keepsRest: Bool

    /// With `keepsRest` an unfinished last line is no line.
    init(_ cluster: Cluster, _ pod: String, _ namespace: String, _ options: LogOptions, keepsRest: Bool = false) {
        self.keepsRest = keepsRest
        self.cluster = cluster
        self.pod = pod
        self.namespace = namespace
        self.options = options
    }

    var isOpen: Bool { body != nil }

    func next() async throws -> String? {
        while true {
            if let line = splitter.take() { return String(decoding: line, as: UTF8.self) }
            if isAtEnd { return nil }
            let body = try await opened()
            if let piece = try await cluster.translating({ () async throws(TransportError) in try await body.next() }) {
                splitter.feed(piece.readableBytesView)
            } else {
                isAtEnd = true
                splitter.end()
                if keepsRest, splitter.isUnfinished {
                    rest = splitter.take().map { String(decoding: $0, as: UTF8.self) }
                }
            }
        }
    }

    private func opened() async throws -> HTTPResponseBody {
        if let body { return body }
        let resource = try await cluster.resource(.pod)
        let path = resource.path(name: pod, namespace: namespace, subresource: "log")
        var call = APICall(.get, path, "read the log of \(cluster.title(resource, pod, namespace))")
        call.query = options.query
        // Errors are JSON all the same.
        call.accept = "*/*"
        call.isEndless = options.follow
        let ready = call
        let cluster = cluster
        let opened = try await cluster.repeating(call) { try await cluster.open(ready).body }
        body = opened
        return opened
    }
}

extension Cluster {
    /// Reads the log of a pod's container, in lines; what is beyond a MiB of a line is left out.
    package func logs(
        _ pod: String,
        namespace: String? = nil,
        _ options: LogOptions = LogOptions()
    ) -> AsyncThrowingStream<String, any Error> {
        let reader = LogReader(self, pod, namespace ?? access.namespace, options)
        return AsyncThrowingStream { try await reader.next() }
    }

    /// The last lines of a container's log; none where it has not yet begun.
    package func logTail(
        _ pod: String,
        namespace: String? = nil,
        container: String? = nil,
        previous: Bool = false,
        lines: Int = 20
    ) async throws -> [String] {
        var options = LogOptions()
        options.container = container
        options.previous = previous
        options.tail = lines
        options.limitBytes = 1 << 20
        var result: [String] = []
        do {
            for try await line in logs(pod, namespace: namespace, options) { result.append(line) }
        } catch let error as ClusterError where error.refusal?.cause == .invalid {
            // "container … is waiting to start", or has no previous one.
            return []
        }
        return result
    }
}
