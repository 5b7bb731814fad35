/// Reads a log as it is written, over as many connections as it takes.
actor FollowedLog {
    private let cluster: Cluster
    private let pod: String
    private let namespace: String
    private let options: LogOptions
    private var reader: LogReader?
    private var place = LogPlace()
    private var backoff: Backoff
    private var opened = ContinuousClock.now
    private var isAtEnd = false

    init(_ cluster: Cluster, _ pod: String, _ namespace: String, _ options: LogOptions) {
        self.cluster = cluster
        self.pod = pod
        self.namespace = namespace
        self.options = options
        backoff = Backoff(cluster.policy.patience)
    }

    func next() async throws -> String? {
        while !isAtEnd {
            let reader = open()
            do {
                if let line = try await reader.next() {
                    backoff.reset()
                    if place.isNew(line) { return options.timestamps ? line : LogPlace.text(line) }
                    continue
                }
                self.reader = nil
                if try await isRunning() {
                    // The server has ended the answer. What was unfinished comes again.
                    try await Task.sleep(for: .milliseconds(500))
                    continue
                }
                isAtEnd = true
                if let rest = await reader.rest { return options.timestamps ? rest : LogPlace.text(rest) }
            } catch let error as ClusterError {
                self.reader = nil
                // One that lasted was only cut, as proxies do with what is silent for long.
                if ContinuousClock.now - opened > .seconds(3) { backoff.reset() }
                // One that was never open has been tried for long enough.
                guard await reader.isOpen, error.isTransient, let delay = backoff.delay(after: error) else {
                    throw error
                }
                try await Task.sleep(for: delay)
            }
        }
        return nil
    }

    private func open() -> LogReader {
        if let reader { return reader }
        var options = options
        options.follow = true
        options.timestamps = true
        if let since = place.sinceTime {
            options.sinceTime = since
            options.sinceSeconds = nil
            options.tail = nil
        }
        place.reopen()
        opened = .now
        let reader = LogReader(cluster, pod, namespace, options, keepsRest: true)
        self.reader = reader
        return reader
    }

    /// Whether the container goes on writing.
    private func isRunning() async throws -> Bool {
        guard let pod = try await cluster.find(.pod, pod, namespace: namespace) else { return false }
        let statuses = pod.containerStatuses
        let status = options.container.map { name in statuses.first { $0.name == name } } ?? statuses.first
        guard case .running? = status?.state else { return false }
        return true
    }
}

extension Cluster {
    /// Reads the log of a container line by line until it ends, and goes on where it was when the connection is cut.
    package func followedLog(
        _ pod: String,
        namespace: String? = nil,
        _ options: LogOptions = LogOptions()
    ) -> AsyncThrowingStream<String, any Error> {
        let log = FollowedLog(self, pod, namespace ?? access.namespace, options)
        return AsyncThrowingStream { try await log.next() }
    }
}
