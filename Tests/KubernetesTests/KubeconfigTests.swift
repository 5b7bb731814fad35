import Testing
import Transport

@testable import Kubernetes

@Suite struct KubeconfigTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    private func find(
        _ variables: [String: String] = [:],
        file: String? = nil,
        context: String? = nil,
        namespace: String? = nil
    ) throws -> ClusterAccess {
        let environment = ClusterEnvironment(variables: variables, home: folder.path)
        return try ClusterAccess.find(environment, kubeconfig: file, context: context, namespace: namespace)
    }

    private func message(_ text: String) throws -> String {
        let file = try folder.write("faulty", text)
        do {
            let access = try find(file: file)
            return "no error: \(access)"
        } catch let error as ClusterError {
            return error.description
        }
    }

    @Test func whatTheFirstFileNamesCounts() throws {
        let first = try folder.write(
            "one/config",
            """
            clusters: [{name: a, cluster: {server: 'https://one:6443'}}]
            contexts: [{name: a, context: {cluster: a, user: me}}]
            """
        )
        let second = try folder.write(
            "two/config",
            """
            current-context: b
            clusters: [{name: a, cluster: {server: 'https://other'}}, {name: b, cluster: {server: 'https://two/base'}}]
            users: [{name: me, user: {tokenFile: token}}]
            contexts:
            - {name: b, context: {cluster: b, user: me, namespace: space}}
            - {name: a, context: {cluster: b, user: me}}
            """
        )
        let list = "\(first):\(folder.path)/missing::\(second)"
        let environment = ClusterEnvironment(variables: ["KUBECONFIG": list])
        let config = try Kubeconfig.load(environment)
        #expect(config.files == [first, second])
        #expect(config.contexts.map(\.name) == ["a", "b"])
        #expect(config.contexts.map(\.server) == ["https://one:6443", "https://two/base"])
        let access = try find(["KUBECONFIG": list])
        #expect(access.context == "b" && access.namespace == "space" && access.server.path == "/base")
        #expect(access.credentials.tokenFile == folder.path + "/two/token")
        #expect(try find(["KUBECONFIG": list], context: "a").server.origin.host == "one")
        #expect(try find(["KUBECONFIG": list], namespace: "else").namespace == "else")
    }

    @Test func theUsualFileIsInTheHomeFolder() throws {
        try folder.write(".kube/config", kubeconfig("https://usual"))
        #expect(try find().server.origin.host == "usual")
    }

    @Test func aKubeconfigMayBeJSON() throws {
        let file = try folder.write(
            "config.json",
            """
            {"current-context": "x", "clusters": [{"name": "c", "cluster": {"server": "https://json"}}],
             "users": [{"name": "u", "user": {"token": "t"}}],
             "contexts": [{"name": "x", "context": {"cluster": "c", "user": "u"}}]}
            """
        )
        #expect(try find(file: file).server.origin.host == "json")
    }

    @Test func aPodUsesItsServiceAccount() throws {
        try folder.write("account/token", "pod-token\n")
        try folder.write("account/namespace", "models\n")
        var environment = ClusterEnvironment(variables: [
            "KUBERNETES_SERVICE_HOST": "10.96.0.1", "KUBERNETES_SERVICE_PORT": "443",
        ])
        environment.serviceAccountFolder = folder.path + "/account"
        let access = try ClusterAccess.find(environment)
        #expect(access.context == nil && access.namespace == "models")
        #expect("\(access.server.origin)" == "https://10.96.0.1")
    }

    @Test func whatIsMissingIsNamedWithWhatThereIs() throws {
        let none = #expect(throws: ClusterError.self) { try find() }
        #expect(none?.description == "there is no cluster: no kubeconfig was found")
        let missing = #expect(throws: ClusterError.self) { try find(file: folder.path + "/nowhere") }
        #expect(missing?.description.contains("nowhere': No such file") == true)
        let file = try folder.write("config", kubeconfig("https://h"))
        let other = #expect(throws: ClusterError.self) { try find(file: file, context: "hero") }
        #expect(other?.description == "the kubeconfig has no context 'hero'" && other?.hint == "did you mean 'here'?")
        #expect(throws: ClusterError.self) { try find(file: file, namespace: "../etc") }
    }

    @Test func faultsAreToldWithoutSecrets() throws {
        #expect(try message("- a").contains("is no kubeconfig"))
        #expect(try message("a: [").contains("is no kubeconfig: line"))
        #expect(try message(kubeconfig("ftp://x y")).contains("has a server that is no address"))
        #expect(try !message(kubeconfig("https://u:hidden@h")).contains("hidden"))
        for user in [
            "{client-certificate-data: 'hidden!', client-key-data: 'hidden!'}",
            "{client-certificate-data: aGlkZGVu, client-key-data: aGlkZGVu}",
            "{token: \"hidden\\nX-Evil: 1\"}",
            "{exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: x, args: [hidden]}}",
            "{auth-provider: {name: gcp, config: {access-token: hidden}}}",
        ] {
            let text = try message(kubeconfig("https://h", user: user))
            #expect(!text.hasPrefix("no error"), "\(user)")
            #expect(!text.contains("hidden") && !text.contains("aGlk"), "\(text)")
        }
    }

    @Test func secretsAreNotInDumps() throws {
        let file = try folder.write("config", kubeconfig("https://h", user: "{token: hidden-token}"))
        let access = try find(file: file)
        var text = "\(access)"
        dump(access, to: &text)
        text += String(reflecting: access)
        #expect(!text.contains("hidden-token"))
    }

    @Test func deepNestingIsAnError() throws {
        #expect(try message(String(repeating: "[", count: 5000)).contains("is no kubeconfig"))
    }
}
