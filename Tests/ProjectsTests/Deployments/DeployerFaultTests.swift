import Deployments
import Kubernetes
import Projects
import TestSupport
import Testing

@Suite struct DeployerFaultTests {
    private static func isReal(_ request: CannedRequest, _ method: String, _ plural: String) -> Bool {
        request.method == method && request.path.contains("/\(plural)/") && request.query("dryRun") == nil
            && !request.body.contains("dryRun")
    }

    @Test func whatIsAppliedTwiceIsUnchanged() async throws {
        try await withDeployer { _ in
            nil
        } _: { (deployer, fake, _) async throws in
            let first = try await deployer.applyAll()
            let kinds = ["ServiceAccount", "Service", "Deployment", "PodDisruptionBudget"]
            #expect(first == kinds.map { "created \($0) 'digits'" })
            let count = fake.changes.count
            #expect(try await deployer.applyAll() == kinds.map { "unchanged \($0) 'digits'" })
            #expect(fake.changes.count == count)
        }
    }

    @Test func allThatIsForbiddenIsToldBeforeAnythingIsApplied() async throws {
        try await withDeployer { request in
            let isMeant = ["/services/", "/poddisruptionbudgets/"].contains { request.path.contains($0) }
            return request.method == "PATCH" && isMeant ? FakeCluster.forbidden(request) : nil
        } _: { (deployer, fake, _) async throws in
            let error = await deploymentFailure { try await deployer.applyAll() }
            #expect(
                error?.description == """
                    nothing was applied, since the cluster refuses Service 'digits': services "digits" is forbidden: \
                    User "robot" cannot patch resource "services" in API group "" in the namespace "space"
                      and PodDisruptionBudget 'digits': poddisruptionbudgets "digits" is forbidden: \
                    User "robot" cannot patch resource "poddisruptionbudgets" in API group "" in the namespace "space"
                    """
            )
            #expect(error?.hint?.contains("Role") == true)
            #expect(fake.changes.isEmpty)
        }
    }

    @Test func objectsThatMayNotBeLookedAtAreToldBeforeAnythingIsApplied() async throws {
        try await withDeployer { request in
            let isMeant = request.method == "GET" && request.path.hasSuffix("/deployments/digits")
            return isMeant ? FakeCluster.forbidden(request) : nil
        } _: { (deployer, fake, _) async throws in
            let error = await deploymentFailure { try await deployer.applyAll() }
            #expect(error?.description.contains(#"cannot get resource "deployments""#) == true)
            #expect(error?.description.hasPrefix("nothing was applied") == true)
            #expect(fake.changes.isEmpty)
        }
    }

    @Test func aClusterThatIsGoneBeforeTheFirstWriteHasNothingApplied() async throws {
        try await withDeployer { request in
            request.method == "PATCH" ? [.cut] : nil
        } _: { (deployer, fake, _) async throws in
            let error = await deploymentFailure { try await deployer.applyAll() }
            #expect(error?.description.hasPrefix("nothing was changed: the cluster at ") == true)
            #expect(fake.changes.isEmpty)
        }
    }

    @Test func aRefusalInTheMiddleTellsWhatIsAppliedAndWhatIsNot() async throws {
        try await withDeployer { request in
            Self.isReal(request, "PATCH", "deployments") ? FakeCluster.forbidden(request) : nil
        } _: { (deployer, fake, _) async throws in
            let error = await deploymentFailure { try await deployer.applyAll() }
            let lines = error?.description.split(separator: "\n").map(String.init) ?? []
            #expect(lines.first?.hasPrefix("the deployment is half applied: Deployment 'digits' was refused: ") == true)
            #expect(
                Array(lines.dropFirst()) == [
                    "  applied: ServiceAccount 'digits', Service 'digits'",
                    "  not applied: Deployment 'digits', PodDisruptionBudget 'digits'",
                ]
            )
            #expect(!fake.has("/apis/apps/v1/namespaces/space/deployments/digits"))
        }
    }

    @Test func aClusterThatGoesAwayInTheMiddleLeavesOneObjectUnknown() async throws {
        try await withDeployer { request in
            Self.isReal(request, "PATCH", "deployments") ? [.cut] : nil
        } _: { (deployer, _, _) async throws in
            let error = await deploymentFailure { try await deployer.applyAll() }
            let lines = error?.description.split(separator: "\n").map(String.init) ?? []
            #expect(
                Array(lines.dropFirst()) == [
                    "  applied: ServiceAccount 'digits', Service 'digits'", "  not known: Deployment 'digits'",
                    "  not applied: PodDisruptionBudget 'digits'",
                ]
            )
            #expect(error?.hint?.contains("apply again") == true)
        }
    }

    @Test func aClusterThatComesBackIsWaitedFor() async throws {
        let calls = Calls()
        try await withDeployer(patience: .seconds(20)) { request in
            guard Self.isReal(request, "PATCH", "deployments"), calls.next() <= 2 else { return nil }
            return [.cut]
        } _: { (deployer, fake, _) async throws in
            #expect(try await deployer.applyAll().count == 4)
            #expect(fake.has("/apis/policy/v1/namespaces/space/poddisruptionbudgets/digits"))
        }
    }

    @Test func whatTheTargetNoLongerHasIsRemoved() async throws {
        try await withDeployer("{service: digits, replicas: 1}") { _ in
            nil
        } _: { (deployer, fake, _) async throws in
            let path = "/apis/policy/v1/namespaces/space/poddisruptionbudgets/digits"
            let labels = #"{"app.kubernetes.io/managed-by": "apus", "app.kubernetes.io/instance": "digits"}"#
            fake.put(path, #"{"kind": "PodDisruptionBudget", "metadata": {"name": "digits", "labels": \#(labels)}}"#)
            #expect(try await deployer.applyAll().last == "removed PodDisruptionBudget 'digits'")
            #expect(!fake.has(path))
        }
    }

    @Test func whatMayNotBeRemovedIsToldBeforeAnythingIsApplied() async throws {
        try await withDeployer("{service: digits, replicas: 1}") { request in
            request.method == "DELETE" ? FakeCluster.forbidden(request) : nil
        } _: { (deployer, fake, _) async throws in
            let labels = #"{"app.kubernetes.io/managed-by": "apus", "app.kubernetes.io/instance": "digits"}"#
            fake.put(
                "/apis/policy/v1/namespaces/space/poddisruptionbudgets/digits",
                #"{"kind": "PodDisruptionBudget", "metadata": {"name": "digits", "labels": \#(labels)}}"#
            )
            let error = await deploymentFailure { try await deployer.applyAll() }
            #expect(error?.description.contains("refuses removal of PodDisruptionBudget 'digits'") == true)
            #expect(fake.changes.isEmpty)
        }
    }

    @Test func kindsThatAreNotNeededMayBeHidden() async throws {
        try await withDeployer("{service: digits, replicas: 1}") { request in
            let isMeant = ["horizontalpodautoscalers", "ingresses"].contains { request.path.contains("/\($0)/") }
            return isMeant ? FakeCluster.forbidden(request) : nil
        } _: { (deployer, _, heard) async throws in
            #expect(try await deployer.applyAll().count == 3)
            let words = "what there may be of HorizontalPodAutoscaler, Ingress stays, since you may not look at it"
            #expect(heard.all == [words])
        }
    }

    @Test(arguments: [true, false])
    func aDeletionThatIsRefusedTellsWhatIsLeft(isAtOnce: Bool) async throws {
        try await withDeployer { request in
            let isMeant = request.method == "DELETE" && request.path.contains("/services/")
            return isMeant && (isAtOnce || !request.body.contains("dryRun")) ? FakeCluster.forbidden(request) : nil
        } _: { (deployer, fake, _) async throws in
            try await deployer.applyAll()
            let count = fake.changes.count
            let error = await deploymentFailure { try await deployer.delete(seconds: 5) }
            if isAtOnce {
                #expect(error?.description.hasPrefix("nothing was deleted, since the cluster refuses Service") == true)
                #expect(fake.changes.count == count)
            } else {
                let lines = error?.description.split(separator: "\n").map(String.init) ?? []
                #expect(lines.first?.hasPrefix("only a part was deleted: ") == true)
                #expect(
                    Array(lines.dropFirst()) == [
                        "  deleted: PodDisruptionBudget 'digits', Deployment 'digits'",
                        "  not deleted: Service 'digits', ServiceAccount 'digits'",
                    ]
                )
            }
        }
    }

    @Test func allIsDeleted() async throws {
        try await withDeployer { _ in
            nil
        } _: { (deployer, fake, _) async throws in
            try await deployer.applyAll()
            #expect(try await deployer.delete(seconds: 5).count == 4)
            #expect(!fake.has("/apis/apps/v1/namespaces/space/deployments/digits"))
            #expect(try await deployer.delete(seconds: 5).isEmpty)
        }
    }

    private static let rolledOut = """
        {"kind": "Deployment", "metadata": {"name": "digits", "generation": 1, "uid": "u"}, "spec": {"replicas": 1},
         "status": {"observedGeneration": 1, "replicas": 1, "updatedReplicas": 1, "readyReplicas": 1,
         "availableReplicas": 1}}
        """

    @Test func aRolloutCanBeSeenByItsDeploymentAlone() async throws {
        try await withDeployer { request in
            let isMeant = ["replicasets", "pods", "events"].contains { request.pathAlone.hasSuffix("/\($0)") }
            return isMeant ? FakeCluster.forbidden(request) : nil
        } _: { (deployer, fake, heard) async throws in
            fake.put("/apis/apps/v1/namespaces/space/deployments/digits", Self.rolledOut)
            guard case .complete = try await deployer.waitForRollout(seconds: 10) else {
                Issue.record("not complete")
                return
            }
            #expect(heard.all.contains { $0.contains(#"cannot list resource "replicasets""#) })
        }
    }

    @Test func aRolloutThatCannotBeWatchedHasNotFailed() async throws {
        try await withDeployer(patience: .milliseconds(300)) { request in
            request.path.contains("/deployments") ? [.cut] : nil
        } _: { (deployer, _, heard) async throws in
            let error = await deploymentFailure { try await deployer.waitForRollout(seconds: 1) }
            guard case .unwatched = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(error?.description.contains("goes on by itself, but cannot be watched: the cluster at") == true)
            #expect(heard.all.contains { $0.hasPrefix("the cluster cannot be asked") })
        }
    }
}
