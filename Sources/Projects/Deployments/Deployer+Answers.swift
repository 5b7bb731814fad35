package import Deployments
import Kubernetes
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
        var differences: [Difference] = []
        for manifest in manifests {
            let old = try await live(manifest)
            let new = try await dryRun(keepingReplicas(manifest, old), force: force)
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
}
