import Foundation
import TestSupport
import Testing
import Values

@testable import Kubernetes

@Suite struct CredentialTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    /// A plugin that notes each call in the file `calls`.
    private func plugin(_ script: String, fields: String = "") throws -> String {
        let file = try folder.write("plugin", "#!/bin/sh\necho call >> '\(folder.path)/calls'\n" + script, mode: 0o755)
        return """
            {exec: {apiVersion: client.authentication.k8s.io/v1, command: '\(file)', interactiveMode: Never, \(fields)}}
            """
    }

    private var calls: Int {
        (try? String(contentsOfFile: folder.path + "/calls", encoding: .utf8))?.split(separator: "\n").count ?? 0
    }

    private func credential(_ status: String) -> String {
        "echo '{\"apiVersion\": \"client.authentication.k8s.io/v1\", \"kind\": \"ExecCredential\", \"status\": \(status)}'"
    }

    private static let fine: @Sendable (CannedRequest) -> [CannedStep] = { _ in CannedStep.json(configMap("a")) }

    @Test func aPluginIsAskedOnceUntilItsTokenEnds() async throws {
        let user = try plugin(credential(#"{"token": "t1", "expirationTimestamp": "2099-01-01T00:00:00Z"}"#))
        try await withCluster(user: user, Self.fine) { (cluster, server) async throws in
            for _ in 0..<3 { _ = try await cluster.get(.configMap, "a") }
            #expect(server.requests.allSatisfy { $0.headers["authorization"] == "Bearer t1" })
        }
        #expect(calls == 1)
        let ended = try plugin(credential(#"{"token": "t2", "expirationTimestamp": "2001-01-01T00:00:00Z"}"#))
        try await withCluster(user: ended, isKnown: false, Self.fine) { (cluster, _) async throws in
            _ = try await cluster.read("/a")
            _ = try await cluster.read("/b")
        }
        #expect(calls == 3)
    }

    @Test func manyWhoNeedCredentialsAskOnce() async throws {
        let user = try plugin("sleep 0.3\n" + credential(#"{"token": "t"}"#))
        try await withCluster(user: user, isKnown: false, Self.fine) { (cluster, _) async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<8 { group.addTask { _ = try await cluster.read("/\(index)") } }
                try await group.waitForAll()
            }
        }
        #expect(calls == 1)
    }

    @Test func aTokenThatIsRefusedIsRenewedOnce() async throws {
        let user = try plugin(
            "n=$(wc -l < '\(folder.path)/calls')\n"
                + #"echo "{\"apiVersion\": \"client.authentication.k8s.io/v1\", \"kind\": \"ExecCredential\", \"status\": {\"token\": \"t$n\"}}""#
        )
        try await withCluster(user: user, isKnown: false) { request in
            request.headers["authorization"] == "Bearer t2"
                ? CannedStep.json("{}") : CannedStep.json(401, status(401, "Unauthorized", "Unauthorized"))
        } _: { (cluster, server) async throws in
            _ = try await cluster.read("/x")
            #expect(server.requests.map { $0.headers["authorization"] } == ["Bearer t1", "Bearer t2"])
        }
    }

    @Test func aTokenThatIsRefusedForGoodIsAnError() async throws {
        try await withCluster(isKnown: false) { _ in
            CannedStep.json(401, status(401, "Unauthorized", "Unauthorized"))
        } _: { (cluster, server) async throws in
            let error = await failure { try await cluster.read("/x") }
            #expect(error?.refusal?.cause == .unauthorized && error?.hint != nil)
            #expect(server.requests.count == 1)
        }
    }

    @Test func thePluginIsToldWhatItAskedFor() async throws {
        let script =
            "printf %s \"$KUBERNETES_EXEC_INFO\" > '\(folder.path)/info'; printf %s \"$WHO $*\" > '\(folder.path)/words'\n"
        let user = try plugin(
            script + credential(#"{"token": "t"}"#),
            fields: "provideClusterInfo: true, args: ['$(touch x)', 'a b'], env: [{name: WHO, value: me}]"
        )
        try await withCluster(user: user, Self.fine) { (_, server) async throws in
            let info = try Value(json: Array(Data(contentsOf: URL(fileURLWithPath: folder.path + "/info"))))
            #expect(info["kind"]?.string == "ExecCredential")
            #expect(info["apiVersion"]?.string == "client.authentication.k8s.io/v1")
            #expect(info["spec"]?["interactive"]?.bool == false)
            #expect(info["spec"]?["cluster"]?["server"]?.string == "http://127.0.0.1:\(server.port)")
        }
        // No shell has touched them.
        #expect(try String(contentsOfFile: folder.path + "/words", encoding: .utf8) == "me $(touch x) a b")
    }

    @Test(arguments: [
        ("echo 'log in first' >&2; echo hidden; exit 3", "ended with code 3: log in first"),
        ("echo hidden", "answered no JSON"),
        (
            "echo '{\"kind\": \"ExecCredential\", \"apiVersion\": \"client.authentication.k8s.io/v1beta1\", \"hidden\": 1}'",
            "answered no ExecCredential of"
        ),
        (
            "echo '{\"kind\": \"ExecCredential\", \"apiVersion\": \"client.authentication.k8s.io/v1\", \"status\": {\"clientKeyData\": \"hidden\"}}'",
            "neither a token nor a certificate"
        ),
    ])
    func aPluginThatFailsIsToldWithoutItsAnswer(_ script: String, _ words: String) async throws {
        try await withCluster(user: try plugin(script), isKnown: false, Self.fine) { (cluster, server) async throws in
            let error = await failure { try await cluster.read("/x") }
            let text = try #require(error?.description)
            #expect(text.contains(words) && !text.contains("hidden"), "\(text)")
            #expect(server.requests.isEmpty)
        }
    }

    @Test func aPluginThatIsNotThereSaysHowToGetIt() async throws {
        let user = """
            {exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: no-such-plugin, installHint: 'get it'}}
            """
        try await withCluster(user: user, isKnown: false, Self.fine) { (cluster, _) async throws in
            let error = await failure { try await cluster.read("/x") }
            #expect(error?.description.contains("'no-such-plugin' cannot be run") == true && error?.hint == "get it")
        }
    }

    @Test func aWaitForAPluginCanBeCancelled() async throws {
        try await withCluster(user: try plugin("sleep 100"), isKnown: false, Self.fine) { (cluster, _) async throws in
            let task = Task { try await cluster.read("/x") }
            while calls == 0 { try await Task.sleep(for: .milliseconds(20)) }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test func basicAndImpersonationAreSent() async throws {
        let user = "{username: me, password: pass, as: someone, as-groups: [dev, ops]}"
        try await withCluster(user: user, Self.fine) { (_, server) async throws in
            let headers = server.requests[0].headers
            #expect(headers["authorization"] == "Basic bWU6cGFzcw==" && headers["impersonate-user"] == "someone")
        }
    }

    @Test func aTokenFileIsRead() async throws {
        let file = try folder.write("token", "from-file\n")
        try await withCluster(user: "{tokenFile: '\(file)', token: other}", Self.fine) { (_, server) async throws in
            #expect(server.requests[0].headers["authorization"] == "Bearer from-file")
        }
    }

    @Test func timesAreRead() {
        #expect(Timestamp.seconds("1970-01-01T00:00:00Z") == 0)
        #expect(Timestamp.seconds("2024-02-29T12:30:45.123456Z") == 1_709_209_845)
        #expect(Timestamp.seconds("2024-02-29T12:30:45+02:00") == 1_709_202_645)
        for text in ["", "tomorrow", "2024-13-01T00:00:00Z", "2024-01-01T00:00:00", "2024-01-01T00:00:00.5"] {
            #expect(Timestamp.seconds(text) == nil)
        }
    }
}
