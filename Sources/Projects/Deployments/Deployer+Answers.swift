package import Deployments
package import Kubernetes
import OrderedCollections
import Values

extension Deployer {
    /// What applying would change of an object.
    package struct Difference: Sendable {
        package let title: String
        package let isNew: Bool
        /// A unified diff of the YAML texts.
        package let text: String
    }

    /// Asks the cluster what applying would change, and changes nothing.
    package func differences(_ manifests: [Manifest], force: Bool) async throws -> [Difference] {
        try await checkNamespace()
        let manifests = try await keepingReplicas(manifests)
        var differences: [Difference] = []
        for manifest in manifests {
            let old = try await live(manifest)
            let new = try await dryRun(manifest, force: force)
            let text = LineDiff.unified(
                old.map { ManifestText.yaml(Self.comparable($0)) } ?? "",
                ManifestText.yaml(Self.comparable(new))
            )
            if !text.isEmpty { differences.append(Difference(title: manifest.title, isNew: old == nil, text: text)) }
        }
        return differences
    }

    /// The object without what differs each time, such as who applies it and when.
    static func comparable(_ object: ClusterObject) -> Value {
        var object = object.withoutNoise
        for key in [Provenance.Key.time, Provenance.Key.user, RolloutView.revisionKey.text] {
            object.set(nil, at: ["metadata", "annotations", key])
        }
        return object.value
    }

    /// How the target stands.
    package func status() async throws -> DeploymentStatus {
        let deployment = try await requireDeployment()
        let view = try await self.view(of: deployment)
        let canaryName = Derivation.canaryName(target.objectName)
        let canary = try await self.deployment(canaryName)
        var status = DeploymentStatus(
            name: target.objectName,
            namespace: namespace,
            view: view,
            pods: try await pods().map(\.value)
        )
        if view.findings.contains(where: { $0.cause != .starting }) {
            status.findings = await explained(view.findings)
        }
        if let canary {
            let canaryView = try await self.view(of: canary)
            status.canary = canaryView
            status.findings += await explained(canaryView.findings)
        }
        let service = try await cluster.find(.service, target.objectName, namespace: namespace)
        status.service = service?.value
        return status
    }

    /// A pod that takes requests.
    package func readyPod() async throws -> String {
        guard let pod = try await pods().first(where: { RolloutView.isReady($0.value) }) else {
            throw DeploymentError.noPod(target.objectName)
        }
        return pod.name
    }

    /// Hands over the lines of all pods' logs, each with its pod, until they end.
    package func logs(
        _ options: LogOptions,
        _ take: @escaping @Sendable (_ pod: String?, _ line: String) -> Void
    ) async throws {
        let pods = try await self.pods()
        if pods.isEmpty { throw DeploymentError.notDeployed(target.objectName) }
        let isOne = pods.count == 1
        let (cluster, namespace) = (cluster, namespace)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for pod in pods.map(\.name) {
                group.addTask {
                    for try await line in cluster.logs(pod, namespace: namespace, options) {
                        take(isOne ? nil : pod, line)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// Deletes all objects of the target, its canary, too, and waits until the pods are gone.
    package func delete(seconds: Int) async throws -> [String] {
        var names: [(Kind, String)] = [(.deployment, Derivation.canaryName(target.objectName))]
        names += Self.optionalKinds.map { ($0, target.objectName) }
        names += [
            Kind("InferenceService", group: "serving.kserve.io"), Kind("ServingRuntime", group: "serving.kserve.io"),
            .deployment, .service, .serviceAccount,
        ].map { ($0, target.objectName) }
        var deleted: [String] = []
        for (kind, name) in names where try await removeOwn(kind, name) { deleted.append("\(kind.kind) '\(name)'") }
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        while true {
            let selection = Selection(namespace: namespace, labels: podLabels)
            let left = try await pods() + cluster.list(.replicaSet, selection).items
            if left.isEmpty || deleted.isEmpty { return deleted }
            if clock.now >= end { throw DeploymentError.stillThere(left.map(\.name)) }
            try await Task.sleep(for: .milliseconds(500))
        }
    }
}
