import Deployments
import Foundation
import OrderedCollections
import Testing
import Values
import YAML

private let full = """
    deploy:
      production:
        service: digits
        namespace: models
        replicas: 2
        autoscale: {max: 10, cpu: 70, memory: 80}
        resources: {cpu: 1, memory: 1Gi, gpu: 1}
        env: {MODE: "on", KEY: {secret: keys, key: api}, NODE: {field: spec.nodeName}}
        secrets: [more, {name: files, mount: /etc/files}]
        grpc: true
        service-type: LoadBalancer
        ingress: {host: digits.example.com, class: nginx, tls: digits-tls, annotations: {a.b/c: "1"}}
        route: {hosts: [digits.example.com], gateway: infra/public}
        network-policy: {from: [ingress-nginx]}
        monitor: {interval: 15s, labels: {release: prometheus}}
        pull-secrets: registry
        node-selector: {pool: gpu}
        tolerations: [{key: gpu, operator: Exists}]
        spread: {host: strict}
        labels: {team: vision}
        annotations: {owner: someone@example.com}
        drain: 15s
        args: [--timeout, 10s]
        patch:
        - kind: Deployment
          spec: {template: {spec: {containers: [{name: server, imagePullPolicy: Always}], priorityClassName: high}}}
    """

@Suite struct RenderingTests {
    private func render(_ text: String, _ offer: APIOffer = APIOffer(), canary: Int? = nil) throws -> [Manifest] {
        var provenance = Provenance()
        provenance.commit = "0123456789abcdef0123456789abcdef01234567"
        provenance.model = "digits"
        provenance.modelVersion = "v1.2.0"
        var rendering = Rendering(try target(text), image: image, provenance: provenance, offer: offer)
        rendering.canary = canary
        return try rendering.manifests()
    }

    private func compare(_ manifests: [Manifest], with name: String) throws {
        let text = ManifestText.yaml(manifests)
        if ProcessInfo.processInfo.environment["APUS_RECORD"] != nil {
            let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            try text.write(to: folder.appendingPathComponent("Fixtures/" + name), atomically: true, encoding: .utf8)
        }
        #expect(try text == fixture(name))
    }

    @Test func theShortestTarget() throws {
        try compare(render("deploy: {production: {service: digits}}"), with: "shortest.yaml")
    }

    @Test func aTargetWithEverything() throws { try compare(render(full), with: "full.yaml") }

    @Test func anOldClusterGetsOldVersions() throws {
        let text = full.replacingOccurrences(of: ", memory: 80", with: "")
        let offer = APIOffer(found: [
            "HorizontalPodAutoscaler": "autoscaling/v1", "PodDisruptionBudget": "policy/v1beta1",
            "Ingress": "networking.k8s.io/v1beta1", "HTTPRoute": "gateway.networking.k8s.io/v1beta1",
            "ServiceMonitor": "monitoring.coreos.com/v1",
        ])
        try compare(render(text, offer), with: "old.yaml")
    }

    @Test func kserve() throws {
        let text = "deploy: {p: {service: digits, engine: kserve, autoscale: {min: 0, max: 5}, drain: 0}}"
        try compare(render(text, canary: 20), with: "kserve.yaml")
    }

    @Test(arguments: [("1.20", "autoscaling/v2beta2", "policy/v1beta1"), ("v1.23.4", "autoscaling/v2", "policy/v1")])
    func versionsFollowTheCluster(_ version: String, _ autoscaler: String, _ budget: String) throws {
        let text = "deploy: {p: {service: digits, replicas: 2, autoscale: {max: 3}}}"
        let manifests = try render(text, try #require(APIOffer(text: version)))
        #expect(manifests.first { $0.kind == "HorizontalPodAutoscaler" }?.apiVersion == autoscaler)
        #expect(manifests.first { $0.kind == "PodDisruptionBudget" }?.apiVersion == budget)
    }

    @Test func whatTheClusterLacksIsAnError() throws {
        let text = "deploy: {p: {service: digits, monitor: true}}"
        #expect(throws: RenderingError.unknownKind("ServiceMonitor", provider: "the Prometheus Operator")) {
            try render(text, APIOffer(minor: 29).without("ServiceMonitor"))
        }
    }

    @Test func thePodOutlivesItsRequests() throws {
        let text = "deploy: {p: {service: digits, drain: 20s, shutdown: 60s}}"
        let deployment = try #require(try render(text).first { $0.kind == "Deployment" }?.value)
        let pod = deployment["spec", "template", "spec"]
        #expect(pod?["terminationGracePeriodSeconds"] == .int(85))
    }

    @Test func aPodMustStayReadyForLessThanTheDeadline() throws {
        let text = "deploy: {p: {service: digits, settle: 10m, startup: 1m, deadline: 1m}}"
        let spec = try #require(try render(text).first { $0.kind == "Deployment" }?.value["spec"])
        #expect(spec["minReadySeconds"] == .int(600) && spec["progressDeadlineSeconds"] == .int(661))
        let none = try render("deploy: {p: {service: digits, settle: 0}}").first { $0.kind == "Deployment" }
        #expect(none?.value["spec", "minReadySeconds"] == nil)
    }

    @Test func aNewVersionAloneStartsNoPods() throws {
        var provenance = Provenance()
        let target = try target("deploy: {p: {service: digits}}")
        let pods = try ["1", "2"].map { version in
            provenance.modelVersion = version
            provenance.commit = version
            let manifests = try Rendering(target, image: image, provenance: provenance).manifests()
            return manifests.first { $0.kind == "Deployment" }?.value["spec"]
        }
        #expect(pods[0] == pods[1])
    }

    @Test func aPatchForNothingIsAnError() throws {
        let text = "deploy:\n  p:\n    service: digits\n    patch: {kind: Ingress}\n"
        #expect(
            throws: RenderingError.strayPatch(
                line: 4,
                kind: "Ingress",
                known: ["ServiceAccount", "Service", "Deployment"]
            )
        ) {
            try render(text)
        }
    }

    @Test func aPatchCannotRename() throws {
        let text = "deploy:\n  p:\n    service: digits\n    patch: {kind: Service, metadata: {namespace: x}}\n"
        #expect(throws: RenderingError.patchedIdentity(line: 4, field: "metadata.namespace")) { try render(text) }
    }

    @Test func aPatchDeletesAnObject() throws {
        let text = "deploy: {p: {service: digits, patch: {kind: ServiceAccount, $patch: delete}}}"
        #expect(try render(text).map(\.kind) == ["Service", "Deployment"])
    }

    @Test func filesAreForKustomize() throws {
        let files = ManifestFiles.files(try render("deploy: {p: {service: digits, replicas: 2}}"))
        let names = files.map(\.name)
        #expect(
            names == [
                "service-account.yaml", "service.yaml", "deployment.yaml", "disruption-budget.yaml",
                "kustomization.yaml",
            ]
        )
        let list = try yaml(try #require(files.last).text)
        #expect(list["resources"] == .list(names.dropLast().map { .string($0) }))
    }
}

@Suite struct ManifestTextTests {
    @Test(arguments: [
        "yes", "on", "y", "010", "1e3", "0x1F", "1:30", "a: b", "", "null", "~", "- a", "é", "a\nb", "$x", "#",
    ])
    func stringsStayStrings(_ text: String) throws {
        let value = Value.map(["k": .string(text), "l": .list([.string(text)])])
        let written = ManifestText.yaml(value)
        #expect(try yaml(written) == value)
        // Readers of YAML 1.1 take plain words and numbers such as these for something else.
        #expect(written.contains("k: \""))
    }

    @Test func nestedValuesAreReadBack() throws {
        let value = try yaml("{a: [{b: [1, [2]], c: {}}, [], x], d: {e: {f: 1.5, g: true}}}")
        #expect(try yaml(ManifestText.yaml(value)) == value)
    }
}

@Suite struct LineDiffTests {
    @Test func onlyChangesAreShown() {
        let old = (1...20).map { "line \($0)\n" }.joined()
        let new = old.replacingOccurrences(of: "line 10\n", with: "line ten\n")
        let wanted = "@@ -7 +7 @@\n line 7\n line 8\n line 9\n-line 10\n+line ten\n line 11\n line 12\n line 13\n"
        #expect(LineDiff.unified(old, new) == wanted)
        #expect(LineDiff.unified(old, old).isEmpty)
    }

    @Test func newTextIsAllAdded() {
        #expect(LineDiff.unified("", "a\nb\n") == "@@ -1 +1 @@\n+a\n+b\n")
        #expect(LineDiff.unified("a\nb\nc\n", "a\nc\nd\n") == "@@ -1 +1 @@\n a\n-b\n c\n+d\n")
    }
}
