import Basics

/// Why something was not done in a cluster.
package enum ClusterError: HintedError, Hashable, Sendable, CustomStringConvertible {
    /// The kubeconfig, or what it names, cannot be used; never tells secrets of it.
    case configuration(String, hint: String?)
    /// There is nothing to show to the cluster that tells who asks.
    case credentials(String, hint: String?)
    /// There is no answer: the connection was refused, cut, not trusted, or nothing came in time.
    case unreachable(server: String, reason: String)
    /// The cluster said no.
    case refused(Refusal)
    /// The cluster has no such kind, or not in this version.
    case unknownKind(Kind, served: [String])
    /// The answer is not one of Kubernetes.
    case malformed(server: String, String)

    package var description: String {
        switch self {
        case .configuration(let text, _), .credentials(let text, _): text
        case .unreachable(let server, let reason): "the cluster at \(server) cannot be reached: \(reason)"
        case .refused(let refusal): refusal.description
        case .unknownKind(let kind, let served) where served.isEmpty: "the cluster has no kind \(kind)"
        case .unknownKind(let kind, let served):
            "the cluster has no \(kind), but \(served.map { "'\($0)'" }.joined(separator: ", "))"
        case .malformed(let server, let reason): "the answer of \(server) is not one of Kubernetes: \(reason)"
        }
    }

    package var hint: String? {
        switch self {
        case .configuration(_, let hint), .credentials(_, let hint): hint
        case .unreachable(_, let reason): Self.hint(unreachable: reason)
        case .refused(let refusal): refusal.hint
        case .unknownKind(let kind, let served):
            served.isEmpty && kind.group.contains(".")
                ? "kinds of '\(kind.group)' come with an add-on that is not installed in this cluster" : nil
        case .malformed: "is 'server' in the kubeconfig the address of an API server?"
        }
    }

    private static func hint(unreachable reason: String) -> String {
        if isAboutTrust(reason) {
            return "the kubeconfig's certificate-authority must be that of the cluster; fetch a new kubeconfig"
        }
        if reason.contains("no such host") {
            return "is the cluster's name right, and is a VPN needed?"
        }
        return "is the cluster running, and is it the one you mean? 'apus cluster list' shows the contexts"
    }

    /// Whether the server was reached, and it, or this client, is not trusted.
    private static func isAboutTrust(_ reason: String) -> Bool {
        let reason = reason.lowercased()
        return reason.contains("tls") || reason.contains("certificate")
    }

    /// What the cluster said.
    package var refusal: Refusal? {
        guard case .refused(let refusal) = self else { return nil }
        return refusal
    }

    /// Whether the same may well succeed a moment later.
    package var isTransient: Bool {
        switch self {
        case .unreachable(_, let reason): !Self.isAboutTrust(reason)
        case .refused(let refusal): refusal.isTransient
        default: false
        }
    }
}
