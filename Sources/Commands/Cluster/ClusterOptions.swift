import ArgumentParser
import Basics
import Glibc
import Kubernetes

/// Which cluster is meant.
struct ClusterOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The kubeconfig; otherwise KUBECONFIG, or ~/.kube/config.", valueName: "path"),
        completion: .file()
    )
    var kubeconfig: String?

    @Option(help: ArgumentHelp("A context of the kubeconfig; otherwise its current one.", valueName: "name"))
    var context: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The namespace; otherwise that of the context, or 'default'.", valueName: "name")
    )
    var namespace: String?

    /// The cluster, as the options, the environment and the kubeconfig say.
    func access() throws -> ClusterAccess {
        try ClusterAccess.find(Self.environment(), kubeconfig: kubeconfig, context: context, namespace: namespace)
    }

    static func environment() throws -> ClusterEnvironment {
        guard let directory = Files.canonical(".") else { throw FileError("find the current directory", ".") }
        let names = [
            "KUBECONFIG", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy",
            "KUBERNETES_SERVICE_HOST", "KUBERNETES_SERVICE_PORT",
        ]
        var variables: [String: String] = [:]
        for name in names { variables[name] = GlobalOptions.variable(name) }
        return ClusterEnvironment(
            variables: variables,
            home: GlobalOptions.variable("HOME"),
            workingDirectory: directory,
            isInteractive: isatty(0) != 0 && isatty(2) != 0
        )
    }
}
