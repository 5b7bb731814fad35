import Values

/// What a container of a pod is doing.
package struct ContainerStatus: Sendable, Hashable {
    package let name: String
    package let isReady: Bool
    /// Whether its startup probe was answered; nil in clusters that do not say.
    package let isStarted: Bool?
    package let restartCount: Int
    package let image: String
    package let imageID: String
    package let state: ContainerState
    /// How it ended the last time; nil when it never did.
    package let lastState: ContainerState?
}

/// The three states of a container.
package enum ContainerState: Sendable, Hashable {
    /// Not begun: `ContainerCreating`, `ImagePullBackOff`, `CrashLoopBackOff`, `CreateContainerConfigError`.
    case waiting(reason: String, message: String)
    case running(since: String?)
    /// `Completed`, `Error`, `OOMKilled`.
    case terminated(exitCode: Int, signal: Int?, reason: String, message: String, at: String?)
    case unknown
}

extension ClusterObject {
    /// The containers of a pod, as far as the node has reported.
    package var containerStatuses: [ContainerStatus] { statuses("containerStatuses") }
    package var initContainerStatuses: [ContainerStatus] { statuses("initContainerStatuses") }
    /// `Pending`, `Running`, `Succeeded`, `Failed` or `Unknown`.
    package var podPhase: String? { self["status", "phase"]?.string }
    /// Whether a pod gets requests: it is ready and not about to go.
    package var isReadyPod: Bool { deletionTimestamp == nil && condition("Ready")?.isTrue == true }

    private func statuses(_ key: String) -> [ContainerStatus] {
        (self["status", key]?.list ?? []).map { value in
            ContainerStatus(
                name: value["name"]?.string ?? "",
                isReady: value["ready"]?.bool ?? false,
                isStarted: value["started"]?.bool,
                restartCount: value["restartCount"]?.int ?? 0,
                image: value["image"]?.string ?? "",
                imageID: value["imageID"]?.string ?? "",
                state: ContainerState(value["state"]) ?? .unknown,
                lastState: ContainerState(value["lastState"])
            )
        }
    }
}

extension ContainerState {
    fileprivate init?(_ value: Value?) {
        if let waiting = value?["waiting"] {
            self = .waiting(reason: waiting["reason"]?.string ?? "", message: waiting["message"]?.string ?? "")
        } else if let running = value?["running"] {
            self = .running(since: running["startedAt"]?.string)
        } else if let ended = value?["terminated"] {
            self = .terminated(
                exitCode: ended["exitCode"]?.int ?? 0,
                signal: ended["signal"]?.int,
                reason: ended["reason"]?.string ?? "",
                message: ended["message"]?.string ?? "",
                at: ended["finishedAt"]?.string
            )
        } else {
            return nil
        }
    }
}
