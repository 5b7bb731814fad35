import ArgumentParser
import Basics
import Kubernetes
import OrderedCollections
import Tables
import Transport
import Values

struct ClusterCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Ask a cluster for its version, who you are, and whether you may deploy.",
        discussion: "Example: apus cluster check --context staging -n models"
    )
    @OptionGroup var options: GlobalOptions
    @OptionGroup var cluster: ClusterOptions
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        _ = try options.workingDirectory()
        let access = try cluster.access()
        let report = try Awaited.value {
            try await Cluster.with(access) { try await ClusterReport(asking: $0) }
        }
        Console.write(json ? report.json.json() + "\n" : report.text)
        if !report.mayDeploy { throw ExitCode(1) }
    }
}

/// What a cluster says of itself and of the user.
struct ClusterReport: Sendable {
    /// What may be done with the objects of a kind.
    struct Right: Sendable {
        let resource: String
        let isServed: Bool
        let allowed: [String]
        let denied: [String]
        /// Whether a deployment does not get along without.
        let isNeeded: Bool
    }

    let access: ClusterAccess
    let version: ServerVersion
    let identity: Identity?
    let rights: [Right]

    /// The rights of a deployment; docs/kubernetes.md has a Role with them.
    private static let wanted: [(kind: Kind, verbs: [String], subresource: String?, isNeeded: Bool)] = {
        let owned = ["get", "list", "watch", "create", "patch", "delete"]
        return [
            (.deployment, owned, nil, true), (.service, owned, nil, true), (.serviceAccount, owned, nil, true),
            (.configMap, owned, nil, true), (.replicaSet, ["get", "list", "watch"], nil, true),
            (.pod, ["get", "list", "watch"], nil, true), (.pod, ["get"], "log", true),
            (.event, ["list", "watch"], nil, true), (.pod, ["get", "create"], "portforward", false),
            (.horizontalPodAutoscaler, owned, nil, false), (.podDisruptionBudget, owned, nil, false),
            (.ingress, owned, nil, false), (.networkPolicy, owned, nil, false),
        ]
    }()

    init(asking cluster: Cluster) async throws {
        access = cluster.access
        version = try await cluster.version()
        identity = try await cluster.whoAmI()
        rights = try await withThrowingTaskGroup(of: (Int, Right).self) { group in
            for (index, item) in Self.wanted.enumerated() {
                group.addTask {
                    let right = try await Self.right(cluster, item.kind, item.verbs, item.subresource, item.isNeeded)
                    return (index, right)
                }
            }
            var found: [(Int, Right)] = []
            for try await right in group { found.append(right) }
            return found.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private static func right(
        _ cluster: Cluster,
        _ kind: Kind,
        _ verbs: [String],
        _ subresource: String?,
        _ isNeeded: Bool
    ) async throws -> Right {
        var allowed: [String] = []
        let isServed = try await cluster.isServed(kind)
        let name = isServed ? try await cluster.resource(kind).plural : kind.description
        if isServed {
            for verb in verbs where try await cluster.mayI(verb, kind, subresource: subresource).isAllowed {
                allowed.append(verb)
            }
        }
        return Right(
            resource: name + (subresource.map { "/" + $0 } ?? ""),
            isServed: isServed,
            allowed: allowed,
            denied: isServed ? verbs.filter { !allowed.contains($0) } : [],
            isNeeded: isNeeded
        )
    }

    var mayDeploy: Bool { rights.allSatisfy { !$0.isNeeded || ($0.isServed && $0.denied.isEmpty) } }

    var text: String {
        let lines = [
            ["Context", access.context ?? "(this pod)"], ["Server", "\(access.server.origin)"],
            ["Version", version.text], ["Namespace", access.namespace], ["User", identity?.user ?? access.user ?? "-"],
        ]
        let rows = rights.map { right in
            [
                right.resource,
                right.isServed ? right.allowed.joined(separator: ", ") : "(the cluster does not have it)",
                right.denied.joined(separator: ", "),
            ]
        }
        return lines.map { "\($0[0]):".padded(to: 11) + "\($0[1])\n" }.joined() + "\n"
            + Table(headers: ["Resource", "Allowed", "Denied"], rows: rows).text(.plain) + "\n"
            + (mayDeploy ? "Deployments are allowed.\n" : "Deployments need rights that are denied.\n")
    }

    var json: Value {
        .map([
            "context": access.context.map(Value.string) ?? .null, "server": .string("\(access.server.origin)"),
            "version": .string(version.text), "namespace": .string(access.namespace),
            "user": (identity?.user ?? access.user).map(Value.string) ?? .null,
            "groups": .list((identity?.groups ?? []).map(Value.string)), "may_deploy": .bool(mayDeploy),
            "rights": .list(
                rights.map { right in
                    .map([
                        "resource": .string(right.resource), "served": .bool(right.isServed),
                        "needed": .bool(right.isNeeded), "allowed": .list(right.allowed.map(Value.string)),
                        "denied": .list(right.denied.map(Value.string)),
                    ])
                }
            ),
        ])
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
