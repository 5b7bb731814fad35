import Deployments
package import Kubernetes
import Synchronization
import Values

extension Deployer {
    /// Hands over the lines of all pods' logs, each with its pod, until they end.
    ///
    /// A log that cannot be read is told of and left out; that none can be read is an error. With `follow` pods that
    /// start later are read, too, until the target is deleted.
    package func logs(
        _ options: LogOptions,
        _ take: @escaping @Sendable (_ pod: String?, _ line: String) -> Void
    ) async throws {
        let pods = try await self.pods()
        if pods.isEmpty { throw DeploymentError.notDeployed(target.objectName) }
        if options.follow, !options.previous { return try await follow(options, pods, take) }
        let staying = pods.filter { $0.deletionTimestamp == nil }
        let chosen = staying.isEmpty ? pods : staying
        let isOne = chosen.count == 1
        let cluster = cluster
        var faults: [ClusterError] = []
        try await withThrowingTaskGroup(of: ClusterError?.self) { group in
            for pod in chosen {
                let options = Self.options(options, for: pod)
                group.addTask {
                    do {
                        for try await line in cluster.logs(pod.name, namespace: pod.namespace, options) {
                            take(isOne ? nil : pod.name, line)
                        }
                        return nil
                    } catch let error as ClusterError {
                        return error
                    }
                }
            }
            for try await case let fault? in group { faults.append(fault) }
        }
        if faults.count == chosen.count, let fault = faults.first { throw fault }
        for fault in faults { say("\(fault)") }
    }

    /// A pod with others beside the server, as KServe makes them, has to be asked for the server's log.
    static func options(_ options: LogOptions, for pod: ClusterObject) -> LogOptions {
        var options = options
        let names = (pod["spec", "containers"]?.list ?? []).compactMap { $0["name"]?.string }
        if options.container == nil, names.count > 1 {
            options.container = names.first { ["server", "kserve-container"].contains($0) } ?? names.first
        }
        return options
    }

    private func follow(
        _ options: LogOptions,
        _ pods: [ClusterObject],
        _ take: @escaping @Sendable (_ pod: String?, _ line: String) -> Void
    ) async throws {
        let following = LogFollowing(deployer: self, options: options, take: take)
        try await withThrowingTaskGroup(of: Void.self) { group in
            try await following.run(pods, &group)
            try await group.waitForAll()
        }
        try Task.checkCancellation()
    }
}

/// Follows the logs of a target's pods while these come and go.
private final class LogFollowing: Sendable {
    private let deployer: Deployer
    private let options: LogOptions
    private let take: @Sendable (_ pod: String?, _ line: String) -> Void
    /// The containers' runs whose logs are, or were, read.
    private let begun = Mutex<Set<String>>([])
    private let events: AsyncThrowingStream<Event, any Error>
    private let feed: AsyncThrowingStream<Event, any Error>.Continuation

    private enum Event: Sendable {
        case change(ObjectChange)
        /// Changes may not be watched.
        case blind(ClusterError)
    }

    init(deployer: Deployer, options: LogOptions, take: @escaping @Sendable (String?, String) -> Void) {
        self.deployer = deployer
        self.options = options
        self.take = take
        (events, feed) = AsyncThrowingStream.makeStream()
    }

    /// Begins the logs of pods as they start, until the target is deleted.
    func run(_ pods: [ClusterObject], _ group: inout ThrowingTaskGroup<Void, any Error>) async throws {
        let watching = Task { await watch() }
        defer { watching.cancel() }
        var names: Set<String> = []
        var isFirst = true
        for try await event in events {
            switch event {
            case .change(.listed(let pods)):
                names = Set(pods.map(\.name))
                for pod in pods { begin(pod, isFirst: isFirst, &group) }
                isFirst = false
            case .change(.put(let pod)):
                names.insert(pod.name)
                begin(pod, isFirst: false, &group)
            case .change(.removed(let pod)): names.remove(pod.name)
            case .change(.lost(let error)): deployer.say("\(error); trying again")
            case .change(.resumed): deployer.say("the cluster answers again")
            case .blind(let error):
                deployer.say("only the pods that there are now are followed: \(error)")
                for pod in pods { begin(pod, isFirst: true, &group) }
                return
            }
            if !isFirst, names.isEmpty, try await isDeleted() {
                return deployer.say("'\(deployer.target.objectName)' is deleted")
            }
        }
    }

    private func watch() async {
        let selection = Selection(namespace: deployer.namespace, labels: deployer.podLabels)
        do {
            for try await change in deployer.cluster.watch(.pod, selection) { feed.yield(.change(change)) }
            feed.finish()
        } catch let error as ClusterError where error.refusal?.cause == .forbidden {
            feed.yield(.blind(error))
        } catch {
            feed.finish(throwing: error)
        }
    }

    private func isDeleted() async throws -> Bool {
        // KServe may well have no pods for a while.
        if deployer.target.engine == .kserve { return false }
        return try await deployer.deployment() == nil
    }

    /// Reads a log from now on, unless its container has not begun or its log is read already.
    func begin(_ pod: ClusterObject, isFirst: Bool, _ group: inout ThrowingTaskGroup<Void, any Error>) {
        var options = Deployer.options(options, for: pod)
        // Of what starts later, nothing is left out.
        if !isFirst { options.tail = nil }
        guard let run = Self.run(of: pod, options.container) else { return }
        let key = "\(pod.uid ?? pod.name) \(run)"
        guard begun.withLock({ $0.insert(key).inserted }) else { return }
        let chosen = options
        group.addTask { try await self.read(pod, chosen, key) }
    }

    private func read(_ pod: ClusterObject, _ options: LogOptions, _ key: String) async throws {
        do {
            for try await line in deployer.cluster.followedLog(pod.name, namespace: pod.namespace, options) {
                take(pod.name, line)
            }
        } catch let error as ClusterError {
            switch error.refusal?.cause {
            // Nothing else would be read either.
            case .forbidden, .unauthorized: feed.finish(throwing: error)
            // It has not begun after all; a change of the pod tells when.
            case .invalid where pod.deletionTimestamp == nil: begun.withLock { _ = $0.remove(key) }
            case .notFound: break
            default: deployer.say("\(error)")
            }
        }
    }

    /// The number of the container's present or last run; nil before the first.
    private static func run(of pod: ClusterObject, _ container: String?) -> Int? {
        let statuses = pod.containerStatuses
        guard let status = container.map({ name in statuses.first { $0.name == name } }) ?? statuses.first else {
            return nil
        }
        switch status.state {
        case .running, .terminated: return status.restartCount
        case .waiting, .unknown: return status.lastState == nil ? nil : status.restartCount
        }
    }
}
