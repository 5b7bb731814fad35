package import Deployments
import Kubernetes
import Values

extension Deployer {
    /// How a rollout ended.
    package enum Outcome: Sendable {
        /// What is there now, in words.
        case complete(String)
        case stuck([RolloutFinding])
        /// It may go on; what is known of why it takes so long.
        case timedOut(seconds: Int, [RolloutFinding])
    }

    /// How long a reason that seldom goes away by itself is looked at before it counts.
    private static let patience = Duration.seconds(8)

    /// Waits until the newest template of a Deployment runs in all pods.
    ///
    /// Ends early for what waiting seldom mends: an image that cannot be pulled, a container that crashes.
    package func waitForRollout(of name: String? = nil, seconds: Int) async throws -> Outcome {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        var since: (cause: RolloutFinding.Cause, time: ContinuousClock.Instant)?
        var told = ""
        var view: RolloutView?
        var loss: ClusterError?
        let ticks = self.ticks()
        defer { ticks.stop() }
        for await _ in ticks.stream {
            do {
                guard let deployment = try await self.deployment(name) else {
                    throw DeploymentError.notDeployed(name ?? target.objectName)
                }
                view = try await self.view(of: deployment)
                loss = nil
            } catch let error as ClusterError {
                if !error.isTransient { throw unwatched(error, name) }
                loss = error
                tell("the cluster cannot be asked; the rollout goes on by itself (\(error))", &told)
            }
            if let view, loss == nil {
                let findings = view.findings
                switch view.progress {
                case .complete(let words): return .complete(words)
                case .underWay(let words):
                    let reason = findings.first { $0.cause != .starting }.map { "; \($0.sentence)" } ?? ""
                    tell(words + reason, &told)
                }
                if let lasting = findings.first(where: \.isLasting) {
                    if since?.cause != lasting.cause { since = (lasting.cause, clock.now) }
                    if let since, clock.now - since.time >= Self.patience { return .stuck(await explained(findings)) }
                } else {
                    since = nil
                }
                if view.isPastDeadline { return .stuck(await explained(findings)) }
            }
            // Of what changes at once, only the end is looked at.
            try await Task.sleep(for: .milliseconds(200))
            if clock.now >= end { break }
        }
        try Task.checkCancellation()
        if let loss { throw unwatched(loss, name) }
        return .timedOut(seconds: seconds, await explained(view?.findings ?? []))
    }

    private func unwatched(_ error: ClusterError, _ name: String?) -> DeploymentError {
        let what = "the rollout of '\(name ?? target.objectName)' goes on by itself, but"
        return .unwatched(what, "\(error)", error.hint)
    }

    /// Ticks when something of the target changes, and each second besides, for a watch may be forbidden.
    private func ticks() -> (stream: AsyncStream<Void>, stop: @Sendable () -> Void) {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let selection = Selection(namespace: namespace, labels: podLabels)
        let cluster = cluster
        let watching = Task {
            let targets = [Kind.deployment, .pod].map { WatchTarget($0, selection) }
            do {
                for try await _ in cluster.watch(targets) { continuation.yield() }
            } catch {
                // Looking goes on at the seconds.
            }
        }
        let counting = Task {
            while !Task.isCancelled {
                continuation.yield()
                try? await Task.sleep(for: .seconds(1))
            }
        }
        let stop: @Sendable () -> Void = {
            watching.cancel()
            counting.cancel()
            continuation.finish()
        }
        return (stream, stop)
    }

    private func tell(_ text: String, _ told: inout String) {
        if text != told { say(text) }
        told = text
    }

    /// The failure in words; nil when all went well.
    package func failure(_ outcome: Outcome, of name: String? = nil) -> DeploymentError? {
        let title = "the rollout of '\(name ?? target.objectName)'"
        switch outcome {
        case .complete: return nil
        case .stuck(let findings):
            let words = findings.isEmpty ? "it made no progress within its deadline" : Self.words(findings)
            return .stuck("\(title) is stuck: \(words)", hint: findings.first?.hint)
        case .timedOut(let seconds, let findings):
            let words = findings.isEmpty ? "" : ": " + Self.words(findings)
            return .stuck("\(title) did not end within \(seconds) s\(words)", hint: findings.first?.hint)
        }
    }

    private static func words(_ findings: [RolloutFinding]) -> String {
        findings.map(\.text).joined(separator: "\n  also: ")
    }

    /// Waits until KServe says that the target's InferenceService is ready; gives its address.
    package func waitForInferenceService(seconds: Int) async throws -> String {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        var told = ""
        let kind = Kind("InferenceService", group: "serving.kserve.io")
        while clock.now < end {
            let service: ClusterObject?
            do {
                service = try await cluster.find(kind, target.objectName, namespace: namespace)
            } catch let error as ClusterError where error.isTransient {
                tell("the cluster cannot be asked (\(error))", &told)
                try await Task.sleep(for: .seconds(1))
                continue
            }
            let ready = service?.condition("Ready")
            if let service, ready?.isTrue == true {
                return "ready at \(service["status", "url"]?.string ?? "its address")"
            }
            let waiting = (service?.conditions ?? []).filter(\.isFalse)
            tell(waiting.first.map { "\($0.type): \($0.message ?? $0.reason ?? "no")" } ?? "KServe is at work", &told)
            try await Task.sleep(for: .seconds(1))
        }
        throw DeploymentError.stuck("'\(target.objectName)' was not ready within \(seconds) s: \(told)", hint: nil)
    }
}
