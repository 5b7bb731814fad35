import OrderedCollections
import Tables
package import Values

/// How a target stands, for people and programs.
package struct DeploymentStatus: Sendable {
    package let name: String
    package let namespace: String
    package let view: RolloutView
    /// Of all tracks.
    package let pods: [Value]
    package var findings: [RolloutFinding] = []
    package var canary: RolloutView?
    package var service: Value?

    package init(name: String, namespace: String, view: RolloutView, pods: [Value]) {
        self.name = name
        self.namespace = namespace
        self.view = view
        self.pods = pods
    }

    /// Whether all pods of the newest template are ready.
    package var isComplete: Bool {
        if case .complete = view.progress { return findings.isEmpty }
        return false
    }

    private static func words(_ view: RolloutView) -> String {
        switch view.progress {
        case .complete(let words): words
        case .underWay(let words): "under way: \(words)"
        }
    }

    private static func note(_ view: RolloutView, _ key: String) -> String? {
        view.deployment["metadata"]?["annotations"]?[Value.Key(key)]?.string
    }

    package var text: String {
        var text = "\(name) in \(namespace): \(Self.words(view))\n"
        let notes = [
            ("revision", RolloutView.revisionKey.text), ("image", Provenance.Key.image),
            ("model", Provenance.Key.model),
            ("version", Provenance.Key.modelVersion), ("commit", Provenance.Key.commit), ("by", Provenance.Key.user),
            ("at", Provenance.Key.time),
        ]
        for (title, key) in notes {
            if let note = Self.note(view, key) { text += "  \(title): \(note)\n" }
        }
        if let canary {
            let share = Self.note(canary, Provenance.Key.share) ?? "?"
            text += "  canary of \(share) %: \(Self.words(canary)), \(Self.note(canary, Provenance.Key.image) ?? "")\n"
        }
        if let address { text += "  service: \(address)\n" }
        let rows = pods.map(Self.row)
        if !rows.isEmpty {
            let headers = ["Pod", "Track", "Ready", "State", "Restarts", "Node"]
            text += "\n" + Table(headers: headers, rows: rows).text(.plain)
            if !text.hasSuffix("\n") { text += "\n" }
        }
        for finding in findings {
            text += "\n\(finding.text)\n"
            if let hint = finding.hint { text += "hint: \(hint)\n" }
        }
        return text
    }

    private static func row(_ pod: Value) -> [String] {
        let containers = pod["status"]?["containerStatuses"]?.list ?? []
        let restarts = containers.reduce(0) { $0 + ($1["restartCount"]?.int ?? 0) }
        return [
            RolloutView.name(pod), pod["metadata"]?["labels"]?[Value.Key(Provenance.Key.track)]?.string ?? "",
            RolloutView.isReady(pod) ? "yes" : "no", state(pod, containers), "\(restarts)",
            pod["spec"]?["nodeName"]?.string ?? "",
        ]
    }

    private static func state(_ pod: Value, _ containers: [Value]) -> String {
        if pod["metadata"]?["deletionTimestamp"] != nil { return "Terminating" }
        let reasons = containers.lazy.compactMap { container in
            (container["state"]?["waiting"] ?? container["state"]?["terminated"])?["reason"]?.string
        }
        return reasons.first ?? pod["status"]?["phase"]?.string ?? ""
    }

    /// Where the Service answers within the cluster.
    private var address: String? {
        guard let host = service?["spec"]?["clusterIP"]?.string, host != "None",
            let port = service?["spec"]?["ports"]?.list?.first?["port"]?.int
        else { return nil }
        return "\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }

    package var json: Value {
        let optional: (String?) -> Value = { $0.map { .string($0) } ?? .null }
        return .object([
            "name": .string(name), "namespace": .string(namespace), "complete": .bool(isComplete),
            "state": .string(Self.words(view)),
            "revision": optional(Self.note(view, RolloutView.revisionKey.text)),
            "image": optional(Self.note(view, Provenance.Key.image)),
            "commit": optional(Self.note(view, Provenance.Key.commit)),
            "modelVersion": optional(Self.note(view, Provenance.Key.modelVersion)),
            "address": optional(address), "canary": canary.map { .string(Self.words($0)) } ?? .null,
            "pods": .list(
                pods.map { pod in
                    .object(["name": .string(RolloutView.name(pod)), "ready": .bool(RolloutView.isReady(pod))])
                }
            ),
            "findings": .list(
                findings.map { finding in
                    .object([
                        "cause": .string(finding.cause.rawValue), "sentence": .string(finding.sentence),
                        "hint": optional(finding.hint), "pod": optional(finding.pod),
                        "lines": .list(finding.lines.map { .string($0) }),
                    ])
                }
            ),
        ])
    }
}

/// The revisions of a Deployment, for people and programs.
package struct DeploymentHistory: Sendable {
    package let revisions: [Revision]

    package init(_ revisions: [Revision]) {
        self.revisions = revisions
    }

    package var text: String {
        let rows = revisions.map { revision in
            [
                "\(revision.number)" + (revision.isCurrent ? " *" : ""), revision.time ?? "",
                String((revision.commit ?? "").prefix(10))
                    + (revision.commit?.hasSuffix("-dirty") ?? false ? "-dirty" : ""),
                revision.modelVersion ?? "", revision.image, revision.user ?? "", "\(revision.readyReplicas)",
            ]
        }
        let headers = ["Revision", "At", "Commit", "Model", "Image", "By", "Pods"]
        return Table(headers: headers, rows: rows).text(.plain)
    }

    package var json: Value { .list(revisions.map(\.json)) }
}
