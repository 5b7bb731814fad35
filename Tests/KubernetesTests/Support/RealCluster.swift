import Basics
import Foundation
import OrderedCollections
import Testing
import Values

@testable import Kubernetes

/// The cluster that `KUBECONFIG` leads to.
enum RealCluster {
    static let howToStart: Comment = """
        needs a cluster in KUBECONFIG; as root on Debian 12 start one with: export $(Tests/Cluster/up)
        """
    static let howToStartOwn: Comment = """
        needs the cluster of Tests/Cluster with its registry; as root on Debian 12 start it with: export $(Tests/Cluster/up)
        """

    /// The folder of the scripts that start and stop it.
    static let scripts = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Cluster").path

    private static let variables = ProcessInfo.processInfo.environment
    static let registry = variables["REGISTRY"]

    static func access() throws -> ClusterAccess {
        try ClusterAccess.find(ClusterEnvironment(variables: ["KUBECONFIG": variables["KUBECONFIG"] ?? ""]))
    }

    @Sendable static func isReachable() async -> Bool {
        guard let access = try? access() else { return false }
        return await (try? Cluster.with(access) { try await $0.version() }) != nil
    }

    /// Whether it is the one of the scripts, which may be stopped.
    @Sendable static func isOwn() async -> Bool {
        guard variables["KUBECONFIG"]?.hasPrefix("/var/lib/test-cluster/") == true, registry != nil else {
            return false
        }
        return await isReachable()
    }

    /// Works in a namespace that is deleted afterwards.
    static func withNamespace(
        policy: ClusterPolicy = ClusterPolicy(),
        _ body: (Cluster, String) async throws -> Void
    ) async throws {
        var access = try access()
        let name = "apus-test-" + UUID().uuidString.prefix(8).lowercased()
        access.namespace = name
        try await Cluster.with(access, policy: policy) { cluster in
            _ = try await cluster.create(object("v1", "Namespace", name))
            var failure: (any Error)?
            do {
                // Pods need it, and it comes a moment later.
                while try await cluster.find(.serviceAccount, "default") == nil {
                    try await Task.sleep(for: .milliseconds(50))
                }
                try await body(cluster, name)
            } catch {
                failure = error
            }
            try await cluster.delete(.namespace, name)
            if let failure { throw failure }
        }
    }

    static func object(
        _ apiVersion: String,
        _ kind: String,
        _ name: String,
        _ json: String = "{}"
    ) throws -> ClusterObject {
        var map = try #require(try Value(json: Array(json.utf8)).map)
        map["apiVersion"] = .string(apiVersion)
        map["kind"] = .string(kind)
        if !name.isEmpty { map["metadata"] = .map(["name": .string(name)]) }
        return ClusterObject(.map(map))
    }

    /// Runs one of the scripts; `Process` would wait for the servers that it starts.
    static func run(_ words: String...) throws {
        let child = try ChildProcess.start([scripts + "/" + words[0]] + words.dropFirst())
        try #require(child.wait().isSuccess)
    }
}
