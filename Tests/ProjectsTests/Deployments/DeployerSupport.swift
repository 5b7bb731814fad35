import Deployments
import Foundation
import Kubernetes
import Projects
import Synchronization
import TestSupport
import Testing
import YAML

/// What a deployer said, or a log had.
final class Heard: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func add(_ line: String) { lines.withLock { $0.append(line) } }
}

/// Counts calls.
final class Calls: Sendable {
    private let count = Atomic<Int>(0)

    /// The number of this call, from 1.
    func next() -> Int { count.wrappingAdd(1, ordering: .relaxed).newValue }
}

/// Works with the deployer of a target, whose cluster is played; `answer` comes before the cluster's own answers.
func withDeployer(
    _ target: String = "{service: digits, replicas: 2}",
    patience: Duration = .milliseconds(800),
    _ answer: @escaping @Sendable (CannedRequest) -> [CannedStep]?,
    _ body: (Deployer, FakeCluster, Heard) async throws -> Void
) async throws {
    let fake = try FakeCluster(answer)
    defer { fake.stop() }
    fake.put("/api/v1/namespaces/space", #"{"kind": "Namespace", "metadata": {"name": "space"}}"#)
    let folder = NSTemporaryDirectory() + "apus-deployer-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try fake.kubeconfig.write(toFile: folder + "/config", atomically: true, encoding: .utf8)
    let root = try YAMLDocument(parsing: Array("deploy: {production: \(target)}".utf8)).root
    let read = TargetReader.read(root, services: ["digits"])
    #expect(read.faults.isEmpty)
    let found = try #require(read.targets.first)
    var policy = ClusterPolicy()
    policy.patience = patience
    let access = try ClusterAccess.find(ClusterEnvironment(variables: ["KUBECONFIG": folder + "/config"]))
    let heard = Heard()
    try await Cluster.with(access, policy: policy) { cluster in
        // It has answered once, so that its loss is one.
        _ = try await cluster.version()
        try await body(Deployer(cluster, found) { heard.add($0) }, fake, heard)
    }
}

extension Deployer {
    /// Renders, plans and applies the target.
    @discardableResult
    func applyAll() async throws -> [String] {
        let image = "registry.example.com/digits@sha256:" + String(repeating: "0", count: 64)
        let manifests = try Rendering(target, image: image, offer: await offer()).manifests()
        let plan = try await self.plan(manifests, force: false)
        return try await apply(plan, force: false).map { "\($0.change) \($0.title)" }
    }
}

/// The error that something fails with.
func deploymentFailure(_ body: () async throws -> some Any) async -> DeploymentError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? DeploymentError
    }
}
