import ArgumentParser
import Kubernetes
import OrderedCollections
import Tables
import Values

/// Looks at the Kubernetes clusters that one can reach.
struct ClusterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cluster",
        abstract: "Show Kubernetes clusters, and what you may do there.",
        discussion: "Example: apus cluster check --context staging",
        subcommands: [ClusterList.self, ClusterCheck.self]
    )
}

struct ClusterList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the contexts of the kubeconfig.",
        discussion: "Example: apus cluster list",
        aliases: ["ls"]
    )
    @OptionGroup var options: GlobalOptions
    @Flag(help: "Print JSON.") var json = false
    @Option(
        help: ArgumentHelp("The kubeconfig; otherwise KUBECONFIG, or ~/.kube/config.", valueName: "path"),
        completion: .file()
    )
    var kubeconfig: String?

    func run() throws {
        _ = try options.workingDirectory()
        let config = try Kubeconfig.load(ClusterOptions.environment(), file: kubeconfig)
        if json { return Console.write(Value.list(config.contexts.map { value($0, config) }).json() + "\n") }
        if config.contexts.isEmpty {
            return options.note("no contexts; a kubeconfig is named by --kubeconfig or KUBECONFIG")
        }
        let rows = config.contexts.map { context in
            [
                context.name == config.currentContext ? "*" : "", context.name, context.server ?? "-",
                context.namespace ?? "default", context.user,
            ]
        }
        Console.write(Table(headers: ["", "Context", "Server", "Namespace", "User"], rows: rows).text(.plain))
    }

    private func value(_ context: KubeContext, _ config: Kubeconfig) -> Value {
        .map([
            "name": .string(context.name), "current": .bool(context.name == config.currentContext),
            "cluster": .string(context.cluster), "user": .string(context.user),
            "namespace": context.namespace.map(Value.string) ?? .null,
            "server": context.server.map(Value.string) ?? .null,
        ])
    }
}
