import TestSupport
import Testing

/// `apus cluster` from end to end: what it prints about kubeconfigs, and about a server that is played.
@Suite struct ClusterTests {
    private static let two = """
        apiVersion: v1
        kind: Config
        current-context: staging
        clusters:
        - {name: near, cluster: {server: 'https://near.example.com:6443'}}
        - {name: far, cluster: {server: 'https://far.example.com'}}
        users: [{name: me, user: {token: very-secret}}]
        contexts:
        - {name: production, context: {cluster: far, user: me, namespace: models}}
        - {name: staging, context: {cluster: near, user: me}}
        """

    private func project(_ kubeconfig: String) throws -> CommandLineProject {
        let project = try CommandLineProject(isEmpty: true)
        try project.write(kubeconfig, to: "config")
        return project
    }

    @Test func contextsAreListed() throws {
        let answer = try project(Self.two).sh("KUBECONFIG=config apus cluster list")
        #expect(
            answer.output == """
                    Context     Server                         Namespace    User
                    production  https://far.example.com        models       me
                *   staging     https://near.example.com:6443  default      me

                """
        )
        #expect(answer.errors.isEmpty && answer.code == 0)
        let same = try project(Self.two).sh("apus cluster ls --kubeconfig config")
        #expect(same.output == answer.output)
    }

    @Test func contextsAreListedAsJSON() throws {
        let answer = try project(Self.two).sh("apus cluster list --kubeconfig config --json")
        #expect(
            answer.output == #"""
                [{"name": "production", "current": false, "cluster": "far", "user": "me", "namespace": "models", \#
                "server": "https://far.example.com"}, {"name": "staging", "current": true, "cluster": "near", \#
                "user": "me", "namespace": null, "server": "https://near.example.com:6443"}]

                """#
        )
    }

    @Test func noContextsAreNoError() throws {
        let answer = try project("apiVersion: v1\nkind: Config\n").sh("apus cluster list --kubeconfig config")
        #expect(answer.code == 0 && answer.output.isEmpty)
        #expect(answer.errors == "no contexts; a kubeconfig is named by --kubeconfig or KUBECONFIG\n")
    }

    @Test(arguments: [
        (
            "apus cluster list --kubeconfig none",
            """
            ERROR: cannot open 'none': No such file or directory
            hint: a kubeconfig says which clusters there are and who you are there

            """
        ),
        (
            "apus cluster check --kubeconfig config --context nowhere",
            "ERROR: the kubeconfig has no context 'nowhere'\nhint: there are production, staging\n"
        ),
        (
            "apus cluster check --kubeconfig broken",
            "ERROR: 'broken' is no kubeconfig: line 2, column 1: a flow collection lacks its end\n"
        ),
    ])
    func aKubeconfigThatCannotBeUsed(_ line: String, _ errors: String) throws {
        let project = try project(Self.two)
        try project.write("clusters: [\n", to: "broken")
        let answer = try project.sh(line)
        #expect(answer.errors.replacing(project.root, with: "$ROOT") == errors)
        #expect(answer.code == 1 && answer.output.isEmpty)
        #expect(!answer.errors.contains("very-secret"))
    }

    /// Answers reviews: what of these resources is denied, and who asks.
    private func fake(denying denied: Set<String> = []) throws -> FakeCluster {
        try FakeCluster { request in
            if request.pathAlone.hasSuffix("/selfsubjectreviews") {
                let user = #"{"username": "robot", "groups": ["system:authenticated", "deployers"]}"#
                return CannedStep.json(201, #"{"status": {"userInfo": \#(user)}}"#)
            }
            guard request.pathAlone.hasSuffix("/selfsubjectaccessreviews") else { return nil }
            let isDenied = denied.contains { right in
                let words = right.split(separator: " ").map(String.init)
                return request.body.contains(#""verb": "\#(words[0])""#)
                    && request.body.contains(#""resource": "\#(words[1])""#)
            }
            return CannedStep.json(201, #"{"status": {"allowed": \#(!isDenied)}}"#)
        }
    }

    @Test func whoMayDeployIsTold() throws {
        let fake = try fake()
        defer { fake.stop() }
        let answer = try project(fake.kubeconfig).sh("apus cluster check --kubeconfig config -n models")
        #expect(
            answer.output.replacing("\(fake.port)", with: "PORT") == """
                Context:   here
                Server:    http://127.0.0.1:PORT
                Version:   v1.29.0
                Namespace: models
                User:      robot

                Resource                  Allowed                                  Denied
                deployments               get, list, watch, create, patch, delete
                services                  get, list, watch, create, patch, delete
                serviceaccounts           get, list, watch, create, patch, delete
                configmaps                get, list, watch, create, patch, delete
                replicasets               get, list, watch
                pods                      get, list, watch
                pods/log                  get
                events                    list, watch
                pods/portforward          get, create
                horizontalpodautoscalers  get, list, watch, create, patch, delete
                poddisruptionbudgets      get, list, watch, create, patch, delete
                ingresses                 get, list, watch, create, patch, delete
                networkpolicies           get, list, watch, create, patch, delete

                Deployments are allowed.

                """
        )
        #expect(answer.errors.isEmpty && answer.code == 0)
    }

    @Test func whatIsMissingIsTold() throws {
        let fake = try fake(denying: ["patch services", "list pods", "create ingresses"])
        defer { fake.stop() }
        let answer = try project(fake.kubeconfig).sh("apus cluster check --kubeconfig config")
        let lines = answer.output.split(separator: "\n").map(String.init)
        let told = lines.filter { line in ["services ", "pods ", "ingresses "].contains { line.hasPrefix($0) } }
        #expect(
            told == [
                "services                  get, list, watch, create, delete         patch",
                "pods                      get, watch                               list",
                "ingresses                 get, list, watch, patch, delete          create",
            ]
        )
        #expect(lines.last == "Deployments need rights that are denied.")
        #expect(answer.code == 1)
        let json = try project(fake.kubeconfig).sh("apus cluster check --kubeconfig config --json")
        #expect(json.output.contains(#""may_deploy": false"#) && json.code == 1)
        #expect(json.output.contains(#""denied": ["patch"]"#))
    }

    @Test func aClusterThatIsNotThere() throws {
        let fake = try fake()
        let project = try project(fake.kubeconfig)
        fake.stop()
        let answer = try project.sh("apus cluster check --kubeconfig config")
        #expect(
            answer.errors.replacing("\(fake.port)", with: "PORT") == """
                ERROR: the cluster at http://127.0.0.1:PORT cannot be reached: Connection refused
                hint: is the cluster running, and is it the one you mean? 'apus cluster list' shows the contexts

                """
        )
        #expect(answer.code == 1)
    }
}

/// `apus deploy` from end to end, with a server that is played.
@Suite struct DeployTests {
    private func project(_ fake: FakeCluster) throws -> CommandLineProject {
        let project = try CommandLineProject(isEmpty: true)
        try project.write(fake.kubeconfig, to: "config")
        let target = "{service: digits, replicas: 2}"
        try project.write(
            "services: {digits: {model: digits.onnx}}\ndeploy: {production: \(target)}\n",
            to: "apus.yaml"
        )
        fake.put("/api/v1/namespaces/space", #"{"kind": "Namespace", "metadata": {"name": "space"}}"#)
        return project
    }

    private static let apply = """
        apus deploy apply --kubeconfig config --image r/digits@sha256:\(String(repeating: "0", count: 64))
        """

    @Test func whatIsDoneIsTold() throws {
        let fake = try FakeCluster()
        defer { fake.stop() }
        let project = try project(fake)
        let first = try project.sh(Self.apply)
        #expect(
            first.output == """
                created ServiceAccount 'digits'
                created Service 'digits'
                created Deployment 'digits'
                created PodDisruptionBudget 'digits'

                """
        )
        #expect(first.errors.isEmpty && first.code == 0)
        let deletion = try project.sh("apus deploy delete --kubeconfig config --yes")
        #expect(
            deletion.output == """
                deleted PodDisruptionBudget 'digits'
                deleted Deployment 'digits'
                deleted Service 'digits'
                deleted ServiceAccount 'digits'

                """
        )
    }

    @Test func whatIsForbiddenIsTold() throws {
        let fake = try FakeCluster { request in
            request.method == "PATCH" && request.path.contains("/services/") ? FakeCluster.forbidden(request) : nil
        }
        defer { fake.stop() }
        let answer = try project(fake).sh(Self.apply)
        #expect(
            answer.errors == """
                ERROR: nothing was applied, since the cluster refuses Service 'digits': services "digits" is forbidden: \
                User "robot" cannot patch resource "services" in API group "" in the namespace "space"
                hint: an administrator can allow it by a Role and a RoleBinding; 'apus cluster check' shows what you may do

                """
        )
        #expect(answer.code == 1 && answer.output.isEmpty && fake.changes.isEmpty)
    }
}
