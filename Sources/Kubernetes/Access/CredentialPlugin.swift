import Basics
import OrderedCollections
import Transport
import Values

/// A program that hands out credentials, as GKE, EKS and AKS have them.
///
/// It is started without a shell, with just the words of the kubeconfig.
/// https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
struct CredentialPlugin: Sendable {
    /// Whether it may ask the user.
    enum InteractiveMode: String, Sendable {
        case never = "Never"
        case ifAvailable = "IfAvailable"
        case always = "Always"
    }

    let apiVersion: String
    let command: String
    let arguments: [String]
    let environment: [String: String]
    let installHint: String?
    let wantsCluster: Bool
    let mode: InteractiveMode

    static let group = "client.authentication.k8s.io"

    init(_ exec: Value, _ reader: EntryReader) throws(ClusterError) {
        apiVersion = exec["apiVersion"]?.text ?? ""
        guard [Self.group + "/v1", Self.group + "/v1beta1"].contains(apiVersion) else {
            throw reader.fault(
                "has a credential plugin of version '\(Printable.text(apiVersion))'",
                hint: "\(Self.group)/v1 and v1beta1 work; fetch a new kubeconfig, or update the plugin"
            )
        }
        guard let command = exec["command"]?.text else { throw reader.fault("has a credential plugin without command") }
        // A bare name is found on PATH; never in the current folder, which may be anybody's.
        self.command = command.contains("/") ? Paths.absolute(command, from: reader.entry.folder) : command
        arguments = (exec["args"]?.list ?? []).compactMap(\.string)
        var environment: [String: String] = [:]
        for item in exec["env"]?.list ?? [] {
            if let name = item["name"]?.text, !name.contains("=") { environment[name] = item["value"]?.string ?? "" }
        }
        self.environment = environment
        installHint = exec["installHint"]?.string
        wantsCluster = exec["provideClusterInfo"]?.bool ?? false
        guard let mode = InteractiveMode(rawValue: exec["interactiveMode"]?.text ?? "IfAvailable") else {
            throw reader.fault("has a credential plugin whose interactiveMode is none that there is")
        }
        self.mode = mode
    }

    /// What the plugin is told, in `KUBERNETES_EXEC_INFO`.
    func request(_ cluster: Value, isInteractive: Bool) -> String {
        var spec: Value.Map = ["interactive": .bool(isInteractive)]
        if wantsCluster { spec["cluster"] = cluster }
        let request: Value.Map = [
            "kind": .string("ExecCredential"), "apiVersion": .string(apiVersion), "spec": .map(spec),
        ]
        return Value.map(request).json()
    }
}

/// What the API server takes for proof of who asks.
struct Credentials: Sendable, Hashable {
    var token: Secret?
    var basic: Secret?
    var certificate: [UInt8]?
    var key: [UInt8]?
    /// In seconds since 1970; nil when it is not known to end.
    var expiration: Int?
}
