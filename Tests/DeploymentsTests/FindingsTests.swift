import Deployments
import OrderedCollections
import Testing
import Values

/// A rollout of one pod, whose status and events are given.
private func view(
    _ pod: String,
    events: [String] = [],
    set: String = "{}",
    deployment: String = "{}"
) throws -> RolloutView {
    let status = try yaml(pod)
    let name = Value.map(["name": .string("web-1")])
    let annotations = "{name: web-rs, annotations: {deployment.kubernetes.io/revision: '2'}}"
    return RolloutView(
        deployment: try yaml("{metadata: \(annotations), spec: {replicas: 1}, status: \(deployment)}"),
        replicaSets: [try yaml("{metadata: \(annotations), status: \(set)}")],
        pods: [
            .map([
                "metadata": name, "status": status,
                "spec": try yaml("{containers: [{name: server, resources: {requests: {cpu: '100'}}}]}"),
            ])
        ],
        events: try events.enumerated().map { index, text in
            let event = try yaml(text)
            let time = Value.string("2026-01-01T00:00:0\(index)Z")
            var map: Value.Map = ["involvedObject": .map(["name": "web-1".value]), "lastTimestamp": time]
            map.merge(try #require(event.map)) { $1 }
            return .map(map)
        }
    )
}

extension String {
    fileprivate var value: Value { .string(self) }
}

private func waiting(_ reason: String, _ message: String, restarts: Int = 0, last: String = "{}") -> String {
    """
    {phase: Pending, conditions: [{type: Ready, status: 'False'}], containerStatuses: [{name: server, image: "reg/x:1", \
    ready: false, restartCount: \(restarts), state: {waiting: {reason: \(reason), message: "\(message)"}}, lastState: \(last)}]}
    """
}

@Suite struct FindingsTests {
    @Test func anImageThatIsMissing() throws {
        let message = "rpc error: code = NotFound desc = failed to pull and unpack image: reg/x:1: not found"
        let findings = try view(waiting("ErrImagePull", message)).findings
        #expect(findings.map(\.cause) == [.imagePull])
        #expect(findings.first?.sentence == "the image 'reg/x:1' cannot be pulled: not found")
    }

    @Test func aBackOffIsExplainedByTheEventBeforeIt() throws {
        let events = [
            "{reason: Failed, message: 'Failed to pull image \"reg/x:1\": rpc error: desc = 401 Unauthorized'}",
            "{reason: Failed, message: 'Error: ImagePullBackOff'}",
        ]
        let findings = try view(waiting("ImagePullBackOff", "Back-off pulling image"), events: events).findings
        #expect(findings.first?.sentence == "the image 'reg/x:1' cannot be pulled: 401 Unauthorized")
        #expect(findings.first?.hint?.contains("pull-secrets") == true)
    }

    @Test func aContainerThatCrashes() throws {
        let last = "{terminated: {exitCode: 3, reason: Error}}"
        let finding = try view(waiting("CrashLoopBackOff", "back-off", restarts: 2, last: last)).findings.first
        #expect(finding?.cause == .crash)
        #expect(finding?.sentence == "container 'server' crashes with exit code 3 (2 restarts)")
        #expect(finding?.container == "server")
        #expect(finding?.isPreviousRun == true)
    }

    @Test func aContainerThatTakesTooMuchMemory() throws {
        let last = "{terminated: {exitCode: 137, reason: OOMKilled}}"
        let finding = try view(waiting("CrashLoopBackOff", "back-off", restarts: 1, last: last)).findings.first
        #expect(finding?.cause == .outOfMemory)
        #expect(finding?.hint == "raise 'resources.memory'")
    }

    @Test func aPodThatFitsNowhere() throws {
        let pod = """
            {phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, \
            message: '0/1 nodes are available: 1 Insufficient cpu.'}]}
            """
        let finding = try view(pod).findings.first
        #expect(finding?.cause == .unschedulable)
        #expect(
            finding?.sentence
                == "the pod fits on no node: 0/1 nodes are available: 1 Insufficient cpu. (it asks for cpu 100)"
        )
    }

    @Test func aContainerThatIsNotReady() throws {
        let pod = """
            {phase: Running, conditions: [{type: Ready, status: 'False'}], \
            containerStatuses: [{name: server, ready: false, restartCount: 0, state: {running: {}}}]}
            """
        #expect(try view(pod).findings.map(\.cause) == [.starting])
        let events = ["{reason: Unhealthy, message: 'Readiness probe failed: HTTP probe failed with statuscode: 503'}"]
        let finding = try view(pod, events: events).findings.first
        #expect(finding?.cause == .notReady)
        #expect(finding?.sentence.contains("statuscode: 503") == true)
    }

    @Test func aQuota() throws {
        let message =
            "pods \"web-1\" is forbidden: exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1"
        let set = "{conditions: [{type: ReplicaFailure, status: 'True', reason: FailedCreate, message: '\(message)'}]}"
        var view = try view("{phase: Pending}", set: set)
        view.pods = []
        let finding = view.findings.first
        #expect(finding?.cause == .quota)
        #expect(
            finding?.sentence.hasSuffix("exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1")
                == true
        )
    }

    @Test func aSecretThatIsMissing() throws {
        let finding = try view(waiting("CreateContainerConfigError", "secret 'keys' not found")).findings.first
        #expect(finding?.cause == .configuration)
        #expect(finding?.sentence == "container 'server' cannot be started: secret 'keys' not found")
    }

    @Test func oneCrashMayHappen() throws {
        let pod = """
            {phase: Running, conditions: [{type: Ready, status: 'False'}], containerStatuses: [{name: server, ready: false, \
            restartCount: 0, state: {terminated: {exitCode: 1, reason: Error}}}]}
            """
        #expect(try view(pod).findings.map(\.cause) == [.starting])
    }

    @Test func aSecondTryIsWaitedFor() throws {
        let pod = """
            {phase: Running, conditions: [{type: Ready, status: 'False'}], containerStatuses: [{name: server, ready: false, \
            restartCount: N, state: {running: {}}, lastState: {terminated: {exitCode: 1, reason: Error}}}]}
            """
        let findings = try [1, 2].map { try view(pod.replacing("N", with: "\($0)")).findings.first }
        #expect(findings.map { $0?.cause } == [.crash, .crash])
        #expect(findings.map { $0?.isLasting } == [false, true])
    }

    @Test func progressFollowsTheCounts() throws {
        let pod = "{conditions: [{type: Ready, status: 'True'}]}"
        func progress(_ status: String) throws -> RolloutView.Progress { try view(pod, deployment: status).progress }
        #expect(try progress("{replicas: 1}") == .underWay("0 of 1 new pods are there"))
        #expect(try progress("{replicas: 2, updatedReplicas: 1}") == .underWay("1 of 1 new pods are ready"))
        let ended = "{replicas: 2, updatedReplicas: 1, availableReplicas: 2, readyReplicas: 2}"
        #expect(try progress(ended) == .underWay("1 old pods are ending"))
        let all = "{replicas: 1, updatedReplicas: 1, availableReplicas: 1, readyReplicas: 1}"
        #expect(try progress(all) == .complete("1 pod is ready"))
    }

    @Test func podsThatAreReadyMustStaySo() throws {
        let status = "{replicas: 1, updatedReplicas: 1, readyReplicas: 1}"
        var view = try view("{conditions: [{type: Ready, status: 'True'}]}", deployment: status)
        view.deployment = Derivation.setting(.int(3), view.deployment, at: ["spec", "minReadySeconds"])
        #expect(view.progress == .underWay("1 of 1 new pods are ready, and must stay so for 3 s"))
    }

    @Test func emptyObjectsAreNoTrap() {
        let view = RolloutView(deployment: .null, replicaSets: [.null], pods: [.null, .list([])], events: [.int(1)])
        _ = view.progress
        #expect(view.findings.map(\.cause) == [.starting])
    }
}

@Suite struct DerivationTests {
    private let live = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          uid: u
          resourceVersion: '5'
          managedFields: [{manager: apus, operation: Apply, fieldsV1: {'f:spec': {'f:replicas': {}}}}]
          annotations: {deployment.kubernetes.io/revision: '3', apus/image: new, mine: x}
          labels: {apus/track: stable}
        spec:
          replicas: 4
          selector: {matchLabels: {apus/track: stable}}
          template: {metadata: {labels: {apus/track: stable}}, spec: {containers: [{name: server, image: new}]}}
        status: {replicas: 4}
        """
    private let set = """
        metadata: {annotations: {deployment.kubernetes.io/revision: '2', apus/image: old, apus/git-commit: abc}}
        spec:
          replicas: 0
          template:
            metadata: {creationTimestamp: null, labels: {apus/track: stable, pod-template-hash: h}}
            spec: {containers: [{name: server, image: old}]}
        """

    @Test func aRollbackTakesTemplateAndNotes() throws {
        let live = try yaml(live)
        let revision = try #require(Revision.all(of: live, [try yaml(set)]).first)
        #expect(!revision.isCurrent)
        #expect(revision.image == "old")
        let isOurs = Derivation.ownsReplicas(live, manager: "apus")
        #expect(isOurs)
        let value = Derivation.rollback(live, to: revision, keepsReplicas: isOurs)
        let wanted = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
              annotations: {mine: x, apus/image: old, apus/git-commit: abc}
              labels: {apus/track: stable}
            spec:
              replicas: 4
              selector: {matchLabels: {apus/track: stable}}
              template: {metadata: {labels: {apus/track: stable}}, spec: {containers: [{name: server, image: old}]}}
            """
        #expect(try value == yaml(wanted))
        let scaled = Derivation.rollback(live, to: revision, keepsReplicas: false)
        #expect(scaled["spec", "replicas"] == nil)
    }

    @Test(arguments: [(20, 4, 1), (20, 8, 2), (50, 3, 3), (10, 1, 1), (99, 1, 99), (33, 2, 1)])
    func aCanaryHasItsShareOfThePods(_ percent: Int, _ stable: Int, _ wanted: Int) {
        #expect(Derivation.canaryReplicas(percent, beside: stable) == wanted)
    }

    @Test func aPromotionIsTheCanaryUnderTheStableName() throws {
        let live = try yaml(live)
        let manifest = Manifest(kind: "Deployment", name: "web", value: live)
        let canary = Derivation.canary(of: manifest, replicas: 1, percent: 20)
        #expect(canary.name == "web-canary")
        #expect(canary.value["spec", "selector", "matchLabels", "apus/track"] == .string("canary"))
        let promoted = Derivation.promotion(of: canary.value, onto: live, keepsReplicas: true)
        #expect(promoted["spec", "replicas"] == .int(4))
        #expect(promoted["metadata", "name"] == .string("web"))
        #expect(promoted["spec", "selector", "matchLabels", "apus/track"] == .string("stable"))
        #expect(promoted["metadata", "annotations", "apus/canary-percent"] == nil)
    }
}
