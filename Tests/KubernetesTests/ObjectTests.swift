import OrderedCollections
import Testing
import Values

@testable import Kubernetes

@Suite struct ObjectTests {
    private func object(_ json: String) throws -> ClusterObject { ClusterObject(try Value(json: Array(json.utf8))) }

    @Test func aPodTellsOfItsContainers() throws {
        let pod = try object(
            """
            {"apiVersion": "v1", "kind": "Pod",
             "metadata": {"name": "web-1", "namespace": "n", "uid": "u", "labels": {"app": "web", "bad": 5},
               "ownerReferences": [{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web", "uid": "r", "controller": true}]},
             "status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "False", "reason": "ContainersNotReady"}],
               "containerStatuses": [
                 {"name": "a", "ready": false, "restartCount": 3, "image": "i", "imageID": "d", "started": false,
                  "state": {"waiting": {"reason": "CrashLoopBackOff", "message": "back-off"}},
                  "lastState": {"terminated": {"exitCode": 137, "reason": "OOMKilled", "finishedAt": "2026-01-01T00:00:00Z"}}},
                 {"name": "b", "ready": true, "state": {"running": {"startedAt": "2026-01-01T00:00:00Z"}}, "lastState": {}}]}}
            """
        )
        #expect(pod.title == "Pod 'web-1'" && pod.podPhase == "Running" && !pod.isReadyPod)
        #expect(pod.labels == ["app": "web"] && pod.matches(labels: ["app": "web"]) && !pod.matches(labels: ["x": "y"]))
        #expect(pod.controller?.kind == "ReplicaSet" && pod.controller?.namespace == "n")
        #expect(pod.condition("Ready")?.reason == "ContainersNotReady")
        let containers = pod.containerStatuses
        #expect(containers[0].state == .waiting(reason: "CrashLoopBackOff", message: "back-off"))
        let end = ContainerState.terminated(
            exitCode: 137,
            signal: nil,
            reason: "OOMKilled",
            message: "",
            at: "2026-01-01T00:00:00Z"
        )
        #expect(containers[0].lastState == end && containers[0].restartCount == 3 && containers[0].isStarted == false)
        #expect(containers[1].state == .running(since: "2026-01-01T00:00:00Z") && containers[1].lastState == nil)
    }

    @Test func oddFormsReadAsEmpty() throws {
        for json in ["[]", "5", #"{"metadata": [], "status": {"conditions": 5, "containerStatuses": [7, {}]}}"#] {
            let odd = try object(json)
            #expect(odd.name == "" && odd.labels.isEmpty && odd.conditions.isEmpty && odd.generation == nil)
            #expect(odd.containerStatuses.allSatisfy { $0.state == .unknown })
        }
    }

    @Test func valuesAreSetAndRemovedByPath() throws {
        var object = try object(#"{"metadata": {"name": "a", "labels": {"x": "y"}}}"#)
        object.set(.int(3), at: ["spec", "replicas"])
        object.set(nil, at: ["metadata", "labels", "x"])
        object.set(nil, at: ["nothing", "there"])
        #expect(try object == self.object(#"{"metadata": {"name": "a", "labels": {}}, "spec": {"replicas": 3}}"#))
        #expect(object["spec", "replicas"]?.int == 3)
    }

    @Test func whatTheClusterAddsIsNoise() throws {
        let object = try object(
            """
            {"kind": "A", "metadata": {"name": "a", "uid": "u", "resourceVersion": "1", "generation": 2,
              "creationTimestamp": "t", "managedFields": [], "labels": {"k": "v"}}, "status": {"x": 1}, "spec": {}}
            """
        )
        let rest = try self.object(#"{"kind": "A", "metadata": {"name": "a", "labels": {"k": "v"}}, "spec": {}}"#)
        #expect(object.withoutNoise == rest)
    }

    @Test func eventsOfBothFormsAreRead() throws {
        let old = ClusterEvent(
            try object(
                """
                {"type": "Warning", "reason": "Failed", "message": "no image", "count": 4, "lastTimestamp": "2026-01-02T00:00:00Z",
                 "source": {"component": "kubelet"}, "involvedObject": {"kind": "Pod", "name": "p"}}
                """
            )
        )
        #expect(old.isWarning && old.count == 4 && old.component == "kubelet" && old.object.name == "p")
        let new = ClusterEvent(
            try object(
                """
                {"type": "Normal", "reason": "Scheduled", "note": "there", "reportingController": "scheduler",
                 "lastTimestamp": null, "eventTime": "2026-01-02T00:00:00.5Z", "regarding": {"kind": "Pod", "name": "q"}}
                """
            )
        )
        #expect(!new.isWarning && new.message == "there" && new.lastSeen == "2026-01-02T00:00:00.5Z")
    }

    @Test func kindsAreTakenApart() {
        #expect(Kind(apiVersion: "apps/v1", "Deployment") == Kind("Deployment", group: "apps", version: "v1"))
        #expect(Kind(apiVersion: "v1", "Pod") == Kind("Pod", version: "v1"))
        #expect(Kind.deployment.description == "Deployment.apps")
    }

    @Test func linesAreCutAndBounded() {
        var lines = LineSplitter(limit: 8, excess: .isDropped)
        var read: [String] = []
        for piece in ["one\ntw", "o\n\n", String(repeating: "x", count: 30), "yy\nlast"] {
            lines.feed(Array(piece.utf8))
            while let line = lines.take() { read.append(String(decoding: line, as: UTF8.self)) }
        }
        lines.end()
        while let line = lines.take() { read.append(String(decoding: line, as: UTF8.self)) }
        #expect(read == ["one", "two", "", "xxxxxxxx …", "last"])
        var strict = LineSplitter(limit: 8, excess: .fails)
        strict.feed(Array("123456789".utf8))
        #expect(strict.hasFailed)
    }
}
