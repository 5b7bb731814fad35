import Basics
import OrderedCollections
package import Transport
import Values

/// One cluster, the way there, and who asks.
package struct ClusterAccess: Sendable, CustomStringConvertible {
    /// The kubeconfig's context; nil in a pod.
    package let context: String?
    package let server: WebAddress
    /// Where objects are that say nothing of their namespace.
    package var namespace: String
    /// The kubeconfig's user; nil in a pod.
    package let user: String?
    /// The certificate of the server's authority, and how the server is reached.
    let tls: TLSSettings
    let proxies: ProxySettings
    let credentials: UserCredentials
    /// The cluster as credential plugins are told of it.
    let pluginCluster: Value
    let mayAsk: Bool

    package var description: String {
        context.map { "context '\($0)' (\(server.origin))" } ?? "the cluster of this pod (\(server.origin))"
    }

    /// Finds the context that is named, or the current one; in a pod without a kubeconfig the pod's own cluster.
    package static func find(
        _ environment: ClusterEnvironment,
        kubeconfig: String? = nil,
        context: String? = nil,
        namespace: String? = nil
    ) throws(ClusterError) -> ClusterAccess {
        let config = try Kubeconfig.load(environment, file: kubeconfig)
        var access: ClusterAccess
        if let found = try config.context(context) {
            access = try ClusterAccess(found, config, environment)
        } else if let pod = try inPod(environment) {
            access = pod
        } else {
            throw missing(config)
        }
        if let namespace { access.namespace = namespace }
        guard isName(access.namespace) else {
            throw .configuration("'\(Printable.text(access.namespace))' cannot be the name of a namespace", hint: nil)
        }
        return access
    }

    private static func missing(_ config: Kubeconfig) -> ClusterError {
        let names = config.contexts.map(\.name)
        if names.isEmpty {
            return .configuration(
                "there is no cluster: no kubeconfig was found",
                hint: "name one by --kubeconfig or KUBECONFIG; usually it is ~/.kube/config"
            )
        }
        return .configuration(
            "no context of the kubeconfig is the current one",
            hint: "choose one with --context: " + names.prefix(10).joined(separator: ", ")
        )
    }

    private init(
        _ context: KubeContext,
        _ config: Kubeconfig,
        _ environment: ClusterEnvironment
    ) throws(ClusterError) {
        guard let cluster = config.clusters[context.cluster] else {
            let name = Printable.text(context.cluster)
            throw .configuration("the kubeconfig describes no cluster '\(name)', which its context names", hint: nil)
        }
        let reader = EntryReader(title: "cluster '\(Printable.text(context.cluster))'", entry: cluster)
        self.context = context.name
        server = try Self.server(reader)
        namespace = context.namespace ?? "default"
        tls = try Self.tls(reader, server)
        proxies = try Self.proxies(reader, environment)
        if let user = config.users[context.user] {
            credentials = try UserCredentials(context.user, user)
        } else if context.user.isEmpty {
            credentials = UserCredentials()
        } else {
            let name = Printable.text(context.user)
            throw .configuration("the kubeconfig describes no user '\(name)', which its context names", hint: nil)
        }
        user = context.user.isEmpty ? nil : context.user
        pluginCluster = Self.pluginCluster(reader, tls)
        mayAsk = environment.isInteractive
    }

    private static func server(_ reader: EntryReader) throws(ClusterError) -> WebAddress {
        guard let text = reader.text("server") else { throw reader.fault("has no server") }
        do throws(TransportError) {
            return try WebAddress(text)
        } catch {
            throw reader.fault("has a server that is no address", hint: "such as https://host:6443")
        }
    }

    private static func tls(_ reader: EntryReader, _ server: WebAddress) throws(ClusterError) -> TLSSettings {
        var tls = TLSSettings()
        tls.trustRoots = try reader.bytes("certificate-authority").map { .bytes($0) }
        tls.serverName = reader.text("tls-server-name")
        tls.skipsVerification = reader.isTrue("insecure-skip-tls-verify")
        if tls.skipsVerification, tls.trustRoots != nil {
            throw reader.fault("has a certificate-authority, and is not to be checked (insecure-skip-tls-verify)")
        }
        return tls
    }

    private static func proxies(
        _ reader: EntryReader,
        _ environment: ClusterEnvironment
    ) throws(ClusterError) -> ProxySettings {
        let own = reader.text("proxy-url")
        func variable(_ name: String) -> String? {
            environment.variable(name) ?? environment.variable(name.lowercased())
        }
        do throws(TransportError) {
            if let own { return try ProxySettings(http: own, https: own, exceptions: nil) }
            return try ProxySettings(
                http: variable("HTTP_PROXY"),
                https: variable("HTTPS_PROXY"),
                exceptions: variable("NO_PROXY")
            )
        } catch {
            throw own == nil
                ? .configuration("the proxy of the environment cannot be used: \(error)", hint: nil)
                : reader.fault(
                    "has a proxy-url that cannot be used: \(error)",
                    hint: "http:// and https:// proxies work"
                )
        }
    }

    private static func pluginCluster(_ reader: EntryReader, _ tls: TLSSettings) -> Value {
        var cluster: Value.Map = ["server": .string(reader.text("server") ?? "")]
        if let name = tls.serverName { cluster["tls-server-name"] = .string(name) }
        if tls.skipsVerification { cluster["insecure-skip-tls-verify"] = .bool(true) }
        if case .bytes(let bytes) = tls.trustRoots {
            cluster["certificate-authority-data"] = .string(Base64.encode(bytes))
        }
        if let proxy = reader.text("proxy-url") { cluster["proxy-url"] = .string(proxy) }
        for item in reader.entry.fields["extensions"]?.list ?? []
        where item["name"]?.text == CredentialPlugin.group + "/exec" {
            cluster["config"] = item["extension"]
        }
        return .map(cluster)
    }

    /// The service account of the pod that this runs in; nil outside of one.
    private static func inPod(_ environment: ClusterEnvironment) throws(ClusterError) -> ClusterAccess? {
        let folder = environment.serviceAccountFolder
        let token = Paths.join(folder, "token")
        guard let host = environment.variable("KUBERNETES_SERVICE_HOST"),
            let port = environment.variable("KUBERNETES_SERVICE_PORT"), Files.exists(token)
        else { return nil }
        var credentials = UserCredentials()
        credentials.tokenFile = token
        do {
            let address = try WebAddress("https://\(host.contains(":") ? "[\(host)]" : host):\(port)")
            return ClusterAccess(
                pod: address,
                namespace: try Files.readIfPresent(Paths.join(folder, "namespace")).map {
                    String(decoding: $0, as: UTF8.self).filter { !$0.isWhitespace }
                },
                authority: try Files.readIfPresent(Paths.join(folder, "ca.crt")),
                credentials: credentials
            )
        } catch {
            throw .configuration("the pod's service account cannot be used: \(error)", hint: nil)
        }
    }

    private init(pod: WebAddress, namespace: String?, authority: [UInt8]?, credentials: UserCredentials) {
        context = nil
        user = nil
        server = pod
        self.namespace = namespace ?? "default"
        var tls = TLSSettings()
        tls.trustRoots = authority.map { .bytes($0) }
        self.tls = tls
        proxies = ProxySettings()
        self.credentials = credentials
        pluginCluster = .map([:])
        mayAsk = false
    }

    /// Whether a text can name a namespace (RFC 1123).
    private static func isName(_ text: String) -> Bool {
        let isEnd: (UInt8) -> Bool = { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        guard let first = text.utf8.first, let last = text.utf8.last, text.utf8.count <= 63 else { return false }
        return isEnd(first) && isEnd(last) && text.utf8.allSatisfy { isEnd($0) || $0 == UInt8(ascii: "-") }
    }
}
