package import Deployments
package import Kubernetes
import OrderedCollections
import Synchronization
import Values

/// Brings a target's objects to a cluster and watches what becomes of them.
package struct Deployer: Sendable {
    /// Under what name the cluster keeps which fields are ours.
    package static let manager = "apus"

    package let cluster: Cluster
    package let target: Target
    package let namespace: String
    /// Hears what is done; for standard error.
    package var say: @Sendable (String) -> Void
    /// What was told once and need not be told again.
    private let told = Told()

    package init(_ cluster: Cluster, _ target: Target, say: @escaping @Sendable (String) -> Void = { _ in }) {
        self.cluster = cluster
        self.target = target
        namespace = cluster.access.namespace
        self.say = say
    }

    /// Asks the cluster which versions of its API it has.
    package func offer() async throws -> APIOffer {
        var found: [String: String] = [:]
        for family in APIOffer.families {
            let names = family.versions.map(\.name)
            guard let resource = try await cluster.resource(family.kind, group: family.group, oneOf: names) else {
                continue
            }
            found[family.kind] = resource.apiVersion
        }
        return APIOffer(found: found)
    }

    func kind(_ manifest: Manifest) -> Kind { Kind(apiVersion: manifest.apiVersion, manifest.kind) }

    func live(_ manifest: Manifest) async throws -> ClusterObject? {
        try await cluster.find(kind(manifest), manifest.name, namespace: namespace)
    }

    func deployment(_ name: String? = nil) async throws -> ClusterObject? {
        try await cluster.find(.deployment, name ?? target.objectName, namespace: namespace)
    }

    func requireDeployment() async throws -> ClusterObject {
        if target.engine == .kserve { throw DeploymentError.notForKServe("this") }
        guard let deployment = try await self.deployment() else { throw DeploymentError.notDeployed(target.objectName) }
        return deployment
    }

    /// The selector of the pods of all tracks.
    var podLabels: String { "app.kubernetes.io/instance=\(target.objectName),app.kubernetes.io/managed-by=apus" }

    func pods(track: String? = nil) async throws -> [ClusterObject] {
        var labels = podLabels
        if let track { labels += ",\(Provenance.Key.track)=\(track)" }
        return try await cluster.list(.pod, Selection(namespace: namespace, labels: labels)).items
    }

    func replicaSets(of deployment: ClusterObject) async throws -> [ClusterObject] {
        let sets = try await cluster.list(.replicaSet, Selection(namespace: namespace, labels: podLabels)).items
        return sets.filter { $0.controller?.uid == deployment.uid }
    }

    /// What of a kind may be seen: nothing, and a word about it, where it is forbidden to look.
    func visible(_ kind: Kind, _ selection: Selection) async throws -> [ClusterObject] {
        do {
            return try await cluster.list(kind, selection).items
        } catch let error as ClusterError where error.refusal?.cause == .forbidden {
            let text = "\(error)"
            if told.isNew(text) { say(text) }
            return []
        }
    }

    /// A Deployment with its ReplicaSets, the pods of the newest one, and events where pods are not ready.
    func view(of deployment: ClusterObject) async throws -> RolloutView {
        let all = Selection(namespace: namespace, labels: podLabels)
        let sets = try await visible(.replicaSet, all).filter { $0.controller?.uid == deployment.uid }
        var view = RolloutView(deployment: deployment.value, replicaSets: sets.map(\.value))
        guard let current = sets.first(where: { $0.value == view.currentReplicaSet }) else { return view }
        let hash = current.labels["pod-template-hash"].map { ",pod-template-hash=\($0)" } ?? ""
        let pods = try await visible(.pod, Selection(namespace: namespace, labels: podLabels + hash))
        view.pods = pods.filter { $0.controller?.uid == current.uid }.map(\.value)
        let waiting = pods.filter { !RolloutView.isReady($0.value) }
        for object in waiting.prefix(4) + (pods.isEmpty ? [current] : []) {
            let fields = "involvedObject.uid=\(object.uid ?? "")"
            view.events += try await visible(.event, Selection(namespace: namespace, fields: fields)).map(\.value)
        }
        return view
    }

    /// The findings, those of crashes with the last lines of their logs.
    func explained(_ findings: [RolloutFinding]) async -> [RolloutFinding] {
        var explained: [RolloutFinding] = []
        for var finding in findings {
            if let pod = finding.pod, let container = finding.container {
                let runs = finding.isPreviousRun ? [true, false] : [false]
                for isPrevious in runs where finding.lines.isEmpty {
                    let lines = try? await cluster.logTail(
                        pod,
                        namespace: namespace,
                        container: container,
                        previous: isPrevious,
                        lines: 12
                    )
                    finding.lines = lines ?? []
                }
            }
            explained.append(finding)
        }
        return explained
    }
}

/// Sentences that were told.
private final class Told: Sendable {
    private let texts = Mutex<Set<String>>([])

    func isNew(_ text: String) -> Bool { texts.withLock { $0.insert(text).inserted } }
}
