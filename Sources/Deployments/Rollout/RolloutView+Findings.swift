import OrderedCollections
import Values

extension RolloutView {
    /// Why the rollout does not go on, the gravest first; each cause is told once.
    package var findings: [RolloutFinding] {
        var findings = [creationFailure].compactMap(\.self)
        for pod in pods where pod["metadata"]?["deletionTimestamp"] == nil && !Self.isReady(pod) {
            if let finding = finding(of: pod) { findings.append(finding) }
        }
        var seen: Set<RolloutFinding.Cause> = []
        let told = findings.filter { seen.insert($0.cause).inserted }
        return told.filter { $0.cause != .starting } + told.filter { $0.cause == .starting }
    }

    /// Why the ReplicaSet cannot even make pods: a quota, a policy.
    private var creationFailure: RolloutFinding? {
        let holders = [currentReplicaSet, deployment].compactMap(\.self)
        let failure = holders.lazy.compactMap { Self.condition("ReplicaFailure", of: $0) }.first {
            $0["status"] == .string("True")
        }
        var message = failure?["message"]?.string
        if message == nil, pods.isEmpty, let set = currentReplicaSet.map(Self.name) {
            message = lastEvent(of: set, reasons: ["FailedCreate"])
        }
        guard let message else { return nil }
        let words = Self.afterForbidden(message)
        if message.contains("exceeded quota") {
            return RolloutFinding(
                .quota,
                "the namespace's quota allows no more pods like this: \(words)",
                hint: "ask for less in 'resources', or have the quota raised: kubectl describe resourcequota"
            )
        }
        if message.contains("forbidden") {
            return RolloutFinding(.forbidden, "the cluster forbids the pod: \(words)")
        }
        return RolloutFinding(.forbidden, "the cluster makes no pod: \(message)")
    }

    /// `pods "x" is forbidden: exceeded quota: …` without what is known.
    private static func afterForbidden(_ message: String) -> String {
        guard let range = message.firstRange(of: "is forbidden: ") else { return message }
        return String(message[range.upperBound...])
    }

    private func finding(of pod: Value) -> RolloutFinding? {
        let name = Self.name(pod)
        if let finding = unscheduled(pod, name) { return finding }
        let statuses = ["initContainerStatuses", "containerStatuses"] as [Value.Key]
        let containers = statuses.flatMap { pod["status"]?[$0]?.list ?? [] }
        for container in containers {
            if var finding = finding(ofContainer: container, in: pod) {
                finding.pod = name
                return finding
            }
        }
        let mounting = lastEvent(of: name, reasons: ["FailedMount", "FailedAttachVolume"])
        if let mounting, pod["status"]?["phase"] == .string("Pending") {
            return RolloutFinding(.volume, "a volume cannot be mounted: \(mounting)", pod: name)
        }
        return notReady(pod, name, containers)
    }

    private func unscheduled(_ pod: Value, _ name: String) -> RolloutFinding? {
        guard let condition = Self.condition("PodScheduled", of: pod), condition["status"] == .string("False"),
            condition["reason"] == .string("Unschedulable")
        else { return nil }
        let message = condition["message"]?.string ?? "no reason is given"
        return RolloutFinding(
            .unschedulable,
            "the pod fits on no node: \(message) (it asks for \(Self.requests(of: pod)))",
            hint: "ask for less in 'resources', look at 'node-selector' and 'tolerations', or add a node",
            pod: name
        )
    }

    private static func requests(of pod: Value) -> String {
        let containers = pod["spec"]?["containers"]?.list ?? []
        let pairs = containers.flatMap { container in
            (container["resources"]?["requests"]?.map ?? [:]).map { "\($0.text) \($1.string ?? $1.json())" }
        }
        return pairs.isEmpty ? "nothing in particular" : pairs.joined(separator: ", ")
    }

    private func finding(ofContainer status: Value, in pod: Value) -> RolloutFinding? {
        let name = status["name"]?.string ?? ""
        let image = status["image"]?.string ?? ""
        let waiting = status["state"]?["waiting"]
        let reason = waiting?["reason"]?.string ?? ""
        let message = waiting?["message"]?.string ?? ""
        switch reason {
        case "ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "RegistryUnavailable":
            return imagePull(image, message, Self.name(pod))
        case "CreateContainerConfigError", "CreateContainerError", "RunContainerError":
            var words = message
            if words.isEmpty { words = lastEvent(of: Self.name(pod), reasons: ["Failed"]) ?? reason }
            return RolloutFinding(
                .configuration,
                "container '\(name)' cannot be started: \(words)",
                hint: words.contains("not found") ? "make what is missing in the namespace, or correct apus.yaml" : nil
            )
        default: break
        }
        let ended = status["state"]?["terminated"] ?? (status["lastState"] ?? .null)["terminated"]
        guard let ended, ended.map != nil else { return nil }
        // A container that ended once may well come up at the second try.
        if (status["restartCount"]?.int ?? 0) < 1, reason != "CrashLoopBackOff" { return nil }
        return crash(status, ended, isRunning: status["state"]?["running"] != nil)
    }

    private func imagePull(_ image: String, _ message: String, _ pod: String) -> RolloutFinding {
        // The message of a back-off says nothing; the event before it does.
        var words = message.hasPrefix("Back-off") || message.isEmpty ? nil : message
        words = words ?? lastEvent(of: pod, reasons: ["Failed"]) { $0.contains("pull") && !$0.hasPrefix("Error:") }
        let told = words.map(Self.innermost) ?? "no reason is given"
        let isDenied = ["401", "403", "denied", "authoriz"].contains { told.lowercased().contains($0) }
        let hint =
            isDenied
            ? "the registry wants credentials: make a Secret of them and name it in 'pull-secrets'"
            : "does the registry have it, and can the nodes reach it? 'apus image inspect \(image)' asks from here"
        return RolloutFinding(.imagePull, "the image '\(image)' cannot be pulled: \(told)", hint: hint)
    }

    /// A runtime's nested errors, without the layers around the one that says something.
    private static func innermost(_ message: String) -> String {
        var text = message[...]
        if let range = message.firstRange(of: "desc = ") { text = message[range.upperBound...] }
        for (sign, words) in [(": not found", "not found"), ("no such host", "there is no such host")] {
            if text.hasSuffix(sign) || text.contains(sign) && sign.first != ":" { return words }
        }
        if text.contains("connection refused") { return "connection refused" }
        return String(text)
    }

    private func crash(_ status: Value, _ ended: Value, isRunning: Bool) -> RolloutFinding {
        let name = status["name"]?.string ?? ""
        let code = ended["exitCode"]?.int ?? 0
        let restarts = status["restartCount"]?.int ?? 0
        let times = restarts == 1 ? "1 restart" : "\(restarts) restarts"
        var finding: RolloutFinding
        if ended["reason"] == .string("OOMKilled") {
            finding = RolloutFinding(
                .outOfMemory,
                "container '\(name)' was killed since it took more memory than its limit (\(times))",
                hint: "raise 'resources.memory'"
            )
        } else {
            let message = ended["message"]?.string.map { ": " + $0 } ?? ""
            let how = code == 0 ? "ends by itself" : code == 137 ? "is killed" : "crashes with exit code \(code)"
            finding = RolloutFinding(.crash, "container '\(name)' \(how) (\(times))\(message)")
            if code == 137 { finding.hint = "does the liveness probe fail? 'apus deploy status' shows the events" }
        }
        finding.container = name
        finding.isPreviousRun = isRunning || status["state"]?["waiting"] != nil
        finding.mayPass = isRunning && restarts < 2
        return finding
    }

    private func notReady(_ pod: Value, _ name: String, _ containers: [Value]) -> RolloutFinding? {
        let waiting = containers.first { $0["ready"]?.bool != true }
        guard let waiting, waiting["state"]?["running"] != nil else {
            return RolloutFinding(.starting, "a pod is starting", pod: name)
        }
        let container = waiting["name"]?.string ?? ""
        guard let probe = lastEvent(of: name, reasons: ["Unhealthy"]) else {
            return RolloutFinding(.starting, "container '\(container)' is starting", pod: name)
        }
        var finding = RolloutFinding(
            .notReady,
            "container '\(container)' runs but is not ready: \(Self.shortened(probe))",
            hint: "readiness is asked at /readyz: does the model load, and does 'startup' give it enough time?",
            pod: name
        )
        finding.container = container
        return finding
    }

    private static func shortened(_ text: String) -> String {
        let line = text.split(separator: "\n").first.map(String.init) ?? ""
        return line.count > 300 ? line.prefix(300) + "…" : line
    }

    /// The message of the latest event of an object for one of the reasons.
    private func lastEvent(
        of name: String,
        reasons: Set<String>,
        where isFit: (String) -> Bool = { _ in true }
    ) -> String? {
        let fitting = events.filter { event in
            guard event["involvedObject"]?["name"] == .string(name) else { return false }
            return reasons.contains(event["reason"]?.string ?? "") && isFit(event["message"]?.string ?? "")
        }
        return fitting.max { Self.time($0) < Self.time($1) }?["message"]?.string
    }

    private static func time(_ event: Value) -> String {
        let fields = ["lastTimestamp", "eventTime", "firstTimestamp"] as [Value.Key]
        return fields.lazy.compactMap { event[$0]?.string ?? event["metadata"]?["creationTimestamp"]?.string }.first
            ?? ""
    }
}
