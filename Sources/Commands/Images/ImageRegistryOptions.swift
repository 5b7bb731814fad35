import ArgumentParser
import Basics
import Images
import Transport

/// How registries are spoken to.
struct ImageRegistryOptions: ParsableArguments {
    @Flag(help: "Speak to registries without TLS; those of this machine are spoken to without it in any case.")
    var plainHttp = false

    @Option(help: ArgumentHelp("Certificates to trust besides the system's.", valueName: "file"), completion: .file())
    var caFile: String?

    @Flag(help: "Do not check the certificates of registries, so that anybody in between can change everything.")
    var insecureSkipTlsVerify = false

    func access() throws -> RegistryAccess {
        var settings = RegistrySettings()
        settings.isPlain = plainHttp
        settings.userAgent = "apus/\(Version.number)"
        settings.client.tls.additionalRoots = caFile.map { .file($0) }
        settings.client.tls.skipsVerification = insecureSkipTlsVerify
        settings.client.proxies = try ProxySettings(
            http: Self.variable("http_proxy"),
            https: Self.variable("https_proxy"),
            exceptions: Self.variable("no_proxy")
        )
        return RegistryAccess(settings, CredentialStore(files: Self.credentialFiles))
    }

    /// In lower case, as most programs prefer it, or in capitals.
    private static func variable(_ name: String) -> String? {
        GlobalOptions.variable(name) ?? GlobalOptions.variable(name.uppercased())
    }

    /// The files of podman and Docker, those that are named by variables first.
    private static var credentialFiles: [String] {
        if let file = GlobalOptions.variable("REGISTRY_AUTH_FILE") { return [file] }
        let home = GlobalOptions.variable("HOME")
        let docker = GlobalOptions.variable("DOCKER_CONFIG") ?? home.map { Paths.join($0, ".docker") }
        let files = [
            docker.map { Paths.join($0, "config.json") },
            GlobalOptions.variable("XDG_RUNTIME_DIR").map { Paths.join($0, "containers/auth.json") },
            home.map { Paths.join($0, ".config/containers/auth.json") },
        ]
        return files.compactMap(\.self)
    }
}
